#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| halter_invariants::script(data));
