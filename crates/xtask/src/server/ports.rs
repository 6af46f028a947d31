//! The ports of a server and its Kafka: seven that follow one another.

use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

use crate::failure::{Failure, Outcome};

/// How many there are.
const COUNT: u16 = 7;

/// The last port that can be the first of them.
pub(crate) const LAST_FIRST: u16 = u16::MAX - COUNT + 1;

/// Where free ones are looked for: beneath those that systems give to outgoing connections.
const FREE: std::ops::Range<u16> = 12_100..32_000;

/// A local port answers at once, or not at all.
const PATIENCE: Duration = Duration::from_secs(1);

/// Who listens where, on 127.0.0.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ports {
    /// LittleHorse's API.
    pub(crate) grpc: u16,
    /// What LittleHorse's instances say to one another.
    pub(crate) internal: u16,
    /// Whether LittleHorse is live.
    pub(crate) health: u16,
    pub(crate) kafka: u16,
    /// Kafka's controller.
    pub(crate) controller: u16,
    /// LittleHorse's API for who brings an OAuth token.
    pub(crate) oauth: u16,
    /// Where LittleHorse asks whose token that is. Nobody listens there by himself: the tests do.
    pub(crate) introspection: u16,
}

impl Ports {
    /// Those that begin here; an error if one is taken.
    pub(crate) fn from(first: u16) -> Outcome<Self> {
        let ports = Self {
            grpc: first,
            internal: first + 1,
            health: first + 2,
            kafka: first + 3,
            controller: first + 4,
            oauth: first + 5,
            introspection: first + 6,
        };
        match (first..=first + (COUNT - 1)).find(|port| is_taken(*port)) {
            None => Ok(ports),
            Some(taken) => Err(Failure::new(format!("port {taken} is taken"))
                .fix("--port with another one, or --port 0, which takes free ones")),
        }
    }

    /// Some that are free. Two programs that look at the same time begin at different places.
    pub(crate) fn free() -> Outcome<Self> {
        let blocks = (FREE.end - FREE.start) / COUNT;
        let start = (std::process::id() % u32::from(blocks)) as u16;
        (0..blocks)
            .map(|nth| FREE.start + (start + nth) % blocks * COUNT)
            .find_map(|first| Self::from(first).ok())
            .ok_or_else(|| Failure::new("no seven ports in a row are free"))
    }
}

fn is_taken(port: u16) -> bool {
    // LittleHorse listens on every address.
    TcpListener::bind((Ipv4Addr::UNSPECIFIED, port)).is_err()
}

/// Whether somebody listens there.
pub(super) fn answers(port: u16) -> bool {
    TcpStream::connect_timeout(&SocketAddr::from((Ipv4Addr::LOCALHOST, port)), PATIENCE).is_ok()
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, TcpListener};

    use super::{Ports, answers};

    #[test]
    fn a_port_that_is_taken_is_named_and_not_given_away() {
        // Another program may take one of the seven meanwhile: then it is named, and others are tried.
        const TRIES: usize = 5;
        for tries in 1..=TRIES {
            let free = Ports::free().unwrap();
            let Ok(listener) = TcpListener::bind((Ipv4Addr::LOCALHOST, free.health)) else {
                continue;
            };
            let taken = listener.local_addr().unwrap().port();
            assert!(answers(taken));
            let refused = Ports::from(free.grpc).unwrap_err().to_string();
            if refused.contains(&format!("port {taken} is taken")) {
                assert_ne!(Ports::free().unwrap(), free);
                return;
            }
            assert!(tries < TRIES, "{refused}");
        }
        unreachable!("every port was taken in between");
    }
}
