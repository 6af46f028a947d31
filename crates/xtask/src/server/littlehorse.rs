//! One LittleHorse server on one Kafka.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpStream};
use std::path::Path;
use std::time::Duration;

use super::ports::Ports;
use super::process::Process;
use crate::command::command;
use crate::failure::Outcome;
use crate::setup::ForServer;

/// How long it may take to say how it is.
const PATIENCE: Duration = Duration::from_secs(2);

/// Starts it; Kafka must be there.
pub(super) fn start(installed: &ForServer, folder: &Path, ports: Ports) -> Outcome<Process> {
    let Ports { grpc, internal, health, kafka, oauth, introspection, .. } = ports;
    let mut java = command(&installed.java);
    java.args(["-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]);
    // Kafka's client warns of what it will not be allowed otherwise, some day.
    java.arg("--enable-native-access=ALL-UNNAMED");
    java.arg("-cp").arg(installed.littlehorse.join("*")).arg("io.littlehorse.App");
    java.env("LHS_STATE_DIR", folder.join("state"));
    for (name, value) in [
        ("KAFKA_BOOTSTRAP_SERVERS", format!("127.0.0.1:{kafka}")),
        ("CLUSTER_ID", "halter".to_owned()),
        ("INSTANCE_ID", "1".to_owned()),
        ("REPLICATION_FACTOR", "1".to_owned()),
        ("CLUSTER_PARTITIONS", "1".to_owned()),
        ("STREAMS_NUM_STANDBY_REPLICAS", "0".to_owned()),
        ("CORE_STREAM_THREADS", "1".to_owned()),
        ("SHOULD_CREATE_TOPICS", "true".to_owned()),
        ("HEALTH_SERVICE_PORT", health.to_string()),
        ("INTERNAL_BIND_PORT", internal.to_string()),
        ("INTERNAL_ADVERTISED_PORT", internal.to_string()),
        ("INTERNAL_ADVERTISED_HOST", "localhost".to_owned()),
        ("LISTENERS", format!("PLAIN:{grpc},OAUTH:{oauth}")),
        ("LISTENERS_PROTOCOL_MAP", "PLAIN:PLAIN,OAUTH:PLAIN".to_owned()),
        ("LISTENERS_AUTHENTICATION_MAP", "PLAIN:NONE,OAUTH:OAUTH".to_owned()),
        ("ADVERTISED_LISTENERS", format!("PLAIN://localhost:{grpc},OAUTH://localhost:{oauth}")),
        ("OAUTH_INTROSPECT_URL", format!("http://localhost:{introspection}/introspect")),
        ("OAUTH_CLIENT_ID", "server".to_owned()),
        ("OAUTH_CLIENT_SECRET", "secret".to_owned()),
    ] {
        java.env(format!("LHS_{name}"), value);
    }
    Process::start("LittleHorse", &java, folder.join("littlehorse.log"))
}

/// Whether it is live and works off commands: what is said before that is refused.
pub(super) fn is_ready(health: u16) -> bool {
    let said = |path| asked(health, path).unwrap_or_default();
    let is_live = said("/liveness").split(' ').nth(1) == Some("200");
    is_live && said("/status").contains(r#""coreState":"RUNNING""#)
}

fn asked(health: u16, path: &str) -> std::io::Result<String> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, health))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
    let mut said = String::new();
    stream.take(1 << 16).read_to_string(&mut said)?;
    Ok(said)
}
