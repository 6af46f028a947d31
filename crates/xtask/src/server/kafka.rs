//! One Kafka that is broker and controller at once.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::ports::Ports;
use super::process::Process;
use crate::command::{command, run};
use crate::failure::{Outcome, While};
use crate::setup::ForServer;

/// Any id will do, as the storage is thrown away with the cluster.
const CLUSTER: &str = "aGFsdGVyLWhhbHRlci1oYQ";

/// Makes the storage and starts it.
pub(super) fn start(installed: &ForServer, folder: &Path, ports: Ports) -> Outcome<Process> {
    let properties = folder.join("kafka.properties");
    fs::write(&properties, settings(folder, ports))
        .whilst(|| format!("could not write {}", properties.display()))?;
    let log = fs::File::create(folder.join("kafka-format.log"))
        .whilst(|| format!("could not write in {}", folder.display()))?;
    let mut format = java(installed, "-Xmx256m");
    format.args(["kafka.tools.StorageTool", "format", "-t", CLUSTER, "-c"]).arg(&properties);
    let fix = format!("read {}/kafka-format.log", folder.display());
    let errors = log.try_clone().whilst(|| format!("could not write in {}", folder.display()))?;
    run(format.stdout(log).stderr(errors), &fix)?;
    let mut broker = java(installed, "-Xmx512m");
    broker.arg("kafka.Kafka").arg(&properties);
    Process::start("Kafka", &broker, folder.join("kafka.log"))
}

fn java(installed: &ForServer, memory: &str) -> Command {
    let mut java = command(&installed.java);
    // It lives for minutes: what is quick to start is better than what is quick later.
    java.args([memory, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]);
    java.arg("-cp").arg(installed.kafka.join("*"));
    java
}

fn settings(folder: &Path, Ports { kafka, controller, .. }: Ports) -> String {
    let logs = folder.join("kafka");
    format!(
        "process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:{controller}
controller.listener.names=CONTROLLER
listeners=PLAINTEXT://127.0.0.1:{kafka},CONTROLLER://127.0.0.1:{controller}
advertised.listeners=PLAINTEXT://127.0.0.1:{kafka}
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
log.dirs={}
offsets.topic.replication.factor=1
offsets.topic.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.num.partitions=1
transaction.state.log.min.isr=1
group.initial.rebalance.delay.ms=0
",
        logs.display()
    )
}
