#![no_main]

use halter_invariants::link::{pack, unpack};
use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};

fuzz_target!(|data: &[u8]| halter_invariants::link(data));

// What is changed at random in packed bytes does not unpack any more: mostly it is the JSON inside that is changed.
fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let inside = if seed.is_multiple_of(4) { None } else { unpack(&data[..size]) };
    let Some(mut json) = inside else {
        return fuzzer_mutate(data, size, max_size);
    };
    let length = json.len();
    json.resize(length + max_size, 0);
    let changed = fuzzer_mutate(&mut json, length, length + max_size);
    let packed = pack(&json[..changed]);
    let fits = packed.len() <= max_size;
    if fits {
        data[..packed.len()].copy_from_slice(packed.as_bytes());
    }
    if fits { packed.len() } else { size }
});
