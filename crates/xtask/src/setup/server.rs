//! LittleHorse's server and the Kafka that it needs, as jars from Maven Central, and a JDK that runs them.

use std::fs;
use std::path::{Path, PathBuf};

use super::announce;
use crate::command::{command, on_path, output_of, run};
use crate::failure::{Failure, Outcome, While};
use crate::paths;

/// The Kafka beneath the server.
const KAFKA: &str = "4.1.0";

/// The JDK that the server is compiled for.
const JDK: u32 = 25;

/// Pinned, so that Maven does not take another one tomorrow.
const COPY: &str = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies";

/// What a server is started with.
#[derive(Debug)]
pub(crate) struct ForServer {
    /// `java` of a JDK that is new enough.
    pub(crate) java: PathBuf,
    /// The folder with LittleHorse's jars.
    pub(crate) littlehorse: PathBuf,
    /// The folder with Kafka's jars: its server goes with another client than LittleHorse's.
    pub(crate) kafka: PathBuf,
    /// The folder of this version.
    pub(crate) home: PathBuf,
}

/// Finds the JDK, and fetches what is not there yet.
pub(super) fn ensure(version: &str) -> Outcome<ForServer> {
    let java = find_java()?;
    let servers = paths::tools().join("server");
    let home = servers.join(version);
    let littlehorse = ensure_jars(
        &home.join("jars"),
        &format!("LittleHorse's server {version}"),
        &[("io.littlehorse", "littlehorse-server", version)],
    )?;
    let kafka = ensure_jars(
        &servers.join(format!("kafka-{KAFKA}")),
        &format!("Kafka {KAFKA}"),
        &[
            ("org.apache.kafka", "kafka-server", KAFKA),
            ("org.apache.kafka", "kafka_2.13", KAFKA),
            ("org.apache.kafka", "kafka-tools", KAFKA),
        ],
    )?;
    Ok(ForServer { java, littlehorse, kafka, home })
}

/// What is missing and is not installed by itself; `None` if nothing is.
pub(super) fn missing() -> Option<String> {
    if find_java().is_err() {
        Some(format!("no JDK {JDK}"))
    } else if on_path(&["mvn"]).is_none() {
        Some("no Maven".to_owned())
    } else {
        None
    }
}

fn find_java() -> Outcome<PathBuf> {
    let named = ["HALTER_JAVA25", "JAVA_25_HOME", "JAVA_HOME"];
    let named = named.iter().filter_map(std::env::var_os).map(PathBuf::from);
    let installed = fs::read_dir("/usr/lib/jvm").into_iter().flatten();
    let installed = installed.filter_map(|entry| Some(entry.ok()?.path()));
    let mut installed: Vec<PathBuf> = installed.filter(|path| names_the_version(path)).collect();
    installed.sort();
    let homes = named.chain(installed).map(|home| home.join("bin/java"));
    homes.chain(on_path(&["java"])).find(|java| is_right(java)).ok_or_else(|| {
        Failure::new(format!("LittleHorse's server needs a JDK {JDK} or later, and none was found"))
            .fix(format!("install one and set JAVA_{JDK}_HOME to its folder"))
    })
}

fn names_the_version(home: &Path) -> bool {
    home.file_name().is_some_and(|name| name.to_string_lossy().contains(&JDK.to_string()))
}

fn is_right(java: &Path) -> bool {
    let said = output_of(command(java).arg("--version"));
    said.and_then(|said| major(&said)).is_some_and(|major| major >= JDK)
}

/// The major version in `openjdk 25.0.3 2026-04-21 LTS`.
fn major(said: &str) -> Option<u32> {
    said.split_whitespace().nth(1)?.split(['.', '-', '+']).next()?.parse().ok()
}

/// The jars of these artifacts and of all that they need, in a folder of their own.
fn ensure_jars(folder: &Path, what: &str, artifacts: &[(&str, &str, &str)]) -> Outcome<PathBuf> {
    let wanted = pom(artifacts);
    let stamp = folder.join("installed.xml");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(folder.to_path_buf());
    }
    if on_path(&["mvn"]).is_none() {
        return Err(Failure::new(format!(
            "fetching {what} needs Maven, and there is no `mvn` here"
        ))
        .fix("install Maven 3.9 or later"));
    }
    announce(&format!("Fetching {what}"), "1 minute");
    // Jars of another version must not stay on the class path.
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder).whilst(|| format!("could not make {}", folder.display()))?;
    let list = folder.join("pom.xml");
    fs::write(&list, &wanted).whilst(|| format!("could not write {}", list.display()))?;
    run(
        command("mvn")
            .args(["--quiet", "--batch-mode", "--file"])
            .arg(&list)
            .arg(COPY)
            .arg(format!("-DoutputDirectory={}", folder.display()))
            .arg("-DincludeScope=runtime"),
        "Maven Central, or the mirror of ~/.m2/settings.xml, has to be reached",
    )?;
    fs::rename(&list, &stamp).whilst(|| format!("could not write {}", stamp.display()))?;
    Ok(folder.to_path_buf())
}

/// A project that is nothing but its dependencies.
fn pom(artifacts: &[(&str, &str, &str)]) -> String {
    let dependencies: Vec<String> = artifacts
        .iter()
        .map(|(group, artifact, version)| {
            format!(
                "    <dependency>
      <groupId>{group}</groupId>
      <artifactId>{artifact}</artifactId>
      <version>{version}</version>
    </dependency>
"
            )
        })
        .collect();
    let dependencies = dependencies.concat();
    format!(
        "<project xmlns=\"http://maven.apache.org/POM/4.0.0\">
  <modelVersion>4.0.0</modelVersion>
  <groupId>halter</groupId>
  <artifactId>jars</artifactId>
  <version>1</version>
  <dependencies>
{dependencies}  </dependencies>
</project>
"
    )
}

#[cfg(test)]
mod tests {
    use super::{major, pom};

    #[test]
    fn reads_the_major_version() {
        assert_eq!(major("openjdk 25.0.3 2026-04-21 LTS\nOpenJDK Runtime"), Some(25));
        assert_eq!(major("java 26-ea 2026-03-17"), Some(26));
        assert_eq!(major("openjdk"), None);
    }

    #[test]
    fn a_pom_names_every_artifact() {
        let text = pom(&[("a.b", "c", "1"), ("d", "e", "2.0")]);
        assert!(text.contains("<artifactId>c</artifactId>\n      <version>1</version>"), "{text}");
        assert_eq!(text.matches("<dependency>").count(), 2);
    }
}
