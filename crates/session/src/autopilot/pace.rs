//! How long people wait for virtual time.

/// The longest wait at full speed, in real milliseconds: a clock that has further to go runs faster.
const LONGEST_MS: i64 = 6000;
/// How long each step is to be seen at least, at full speed, in real milliseconds.
const SHORTEST_MS: i64 = 700;
/// The same at any speed.
const FLICKER_MS: i64 = 60;

/// Real milliseconds in which the clock runs through so many virtual ones. At full speed (100 percent) a virtual
/// second is a second, but no wait is longer than 6 s and none shorter than 0.7 s; other speeds, from 10 to
/// 10,000 percent, stretch all three.
pub fn pace(virtual_ms: i64, percent: u32) -> u32 {
    let percent = i64::from(percent.clamp(10, 10_000));
    let wait = virtual_ms.clamp(SHORTEST_MS, LONGEST_MS) * 100 / percent;
    u32::try_from(wait.max(FLICKER_MS)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::pace;

    #[test]
    fn waits_follow_the_speed_within_bounds() {
        let table = [
            (0, 100, 700),
            (2000, 100, 2000),
            (2000, 400, 500),
            (2000, 25, 8000),
            (i64::MAX, 100, 6000),
            (i64::MAX, 1600, 375),
            (-5, 100, 700),
            (0, 1600, 60),
            (0, u32::MAX, 60),
            (1000, 0, 10_000),
        ];
        for (virtual_ms, percent, wanted) in table {
            assert_eq!(pace(virtual_ms, percent), wanted, "{virtual_ms} at {percent} %");
        }
    }
}
