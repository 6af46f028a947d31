//! Times that can be passed: what is typed into the field beside the clock.
#![allow(missing_docs, reason = "a test")]

use halter_engine::Command;
use halter_session::offers::pass_time;

#[test]
fn time_goes_forward_by_seconds_and_parts_of_them_up_to_thirty_years() {
    for (text, wanted) in [
        ("30", Some(30_000)),
        ("0.0015", Some(2)),
        ("1000000000", Some(1_000_000_000_000)),
        ("1000000001", None),
        ("0", None),
        ("-1", None),
        ("soon", None),
        ("", None),
    ] {
        assert_eq!(pass_time(text).ok(), wanted.map(Command::PassTime), "{text}");
    }
}
