//! LittleHorse's SDKs, for the proof that generated code is right: Python's and Java's.

use std::fs;
use std::path::{Path, PathBuf};

use super::{announce, apt, python};
use crate::command::{command, on_path, output_of, run};
use crate::failure::{Failure, Outcome, While};
use crate::paths;

/// The SDK for Python. There is none of 1.2.1, the server's version; this one makes the same WfSpecs.
const PYTHON_SDK: &str = "littlehorse-client==1.3.0";

/// Where jars are, unless HALTER_MAVEN names a mirror.
const MAVEN_CENTRAL: &str = "https://repo1.maven.org/maven2";

/// The first JDK that the SDK for Java runs on.
const OLDEST_JDK: u32 = 17;

/// What the proof needs.
#[derive(Debug)]
pub(crate) struct ForSdk {
    /// A Python with the SDK.
    pub(crate) python: PathBuf,
    /// The folder with `java` and `javac`.
    pub(crate) java: PathBuf,
    /// The folder with the SDK's jars.
    pub(crate) jars: PathBuf,
}

/// Makes sure of both.
pub(super) fn ensure() -> Outcome<ForSdk> {
    Ok(ForSdk { python: ensure_python()?, java: ensure_jdk()?, jars: ensure_jars()? })
}

fn home() -> PathBuf {
    paths::tools().join("sdk")
}

/// A virtual environment with the SDK.
fn ensure_python() -> Outcome<PathBuf> {
    let environment = home().join("python");
    let python = environment.join("bin/python");
    let stamp = environment.join("installed");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == PYTHON_SDK) {
        return Ok(python);
    }
    announce("Installing LittleHorse's SDK for Python", "20 seconds");
    python::environment(&environment)?;
    let path = environment.display();
    run(
        command(&python).args(["-m", "pip", "install", "--quiet", PYTHON_SDK]),
        &format!(
            "{path}/bin/python -m pip install {PYTHON_SDK} (PyPI, or PIP_INDEX_URL, has to be reached)"
        ),
    )?;
    fs::write(&stamp, PYTHON_SDK).whilst(|| format!("could not write {}", stamp.display()))?;
    Ok(python)
}

/// The folder of a JDK's commands: of JAVA_HOME, on PATH, or a system's.
fn ensure_jdk() -> Outcome<PathBuf> {
    if let Some(found) = find_jdk() {
        return Ok(found);
    }
    announce("Installing a JDK", "1 minute");
    apt::install(&["openjdk-17-jdk-headless"])
        .or_else(|_| apt::install(&["default-jdk-headless"]))?;
    find_jdk().ok_or_else(|| {
        Failure::new(format!("no JDK {OLDEST_JDK} or later, even after installing one"))
            .fix("install a JDK and set JAVA_HOME to it")
    })
}

fn find_jdk() -> Option<PathBuf> {
    let given = std::env::var_os("JAVA_HOME").map(|home| PathBuf::from(home).join("bin"));
    let on_path = on_path(&["javac"]).and_then(|javac| javac.parent().map(Path::to_path_buf));
    let installed = fs::read_dir("/usr/lib/jvm").into_iter().flatten();
    let installed = installed.filter_map(|entry| Some(entry.ok()?.path().join("bin")));
    given.into_iter().chain(on_path).chain(installed).find(|folder| is_right(folder))
}

fn is_right(folder: &Path) -> bool {
    let said = output_of(command(folder.join("javac")).arg("-version"));
    said.and_then(|said| major(&said)).is_some_and(|major| major >= OLDEST_JDK)
}

/// The major version in `javac 17.0.9`.
fn major(said: &str) -> Option<u32> {
    said.strip_prefix("javac ")?.split(['.', '-', ' ']).next()?.parse().ok()
}

/// The SDK for Java and all that it needs, each with the checksum that the project knows.
fn ensure_jars() -> Outcome<PathBuf> {
    let list = paths::root().join("tests/sdk/java/jars.txt");
    let wanted =
        fs::read_to_string(&list).whilst(|| format!("could not read {}", list.display()))?;
    let folder = home().join("jars");
    let stamp = folder.join("installed.txt");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(folder);
    }
    announce("Fetching LittleHorse's SDK for Java", "20 seconds");
    // Jars of another list must not stay on the class path.
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).whilst(|| format!("could not make {}", folder.display()))?;
    let source = std::env::var("HALTER_MAVEN").unwrap_or_else(|_| MAVEN_CENTRAL.to_owned());
    let (mut sums, mut downloads) = (Vec::new(), Vec::new());
    for (sum, path) in wanted.lines().filter_map(|line| line.split_once("  ")) {
        let name = path.rsplit('/').next().unwrap_or(path);
        sums.push(format!(
            "{sum}  {name}
"
        ));
        downloads.push(format!(
            "url = \"{source}/{path}\"
output = \"{name}\"
"
        ));
    }
    let fix = "cargo xtask setup, once Maven Central can be reached; HALTER_MAVEN=https://… names a mirror";
    let downloading = folder.join("downloads.txt");
    fs::write(&downloading, downloads.concat())
        .whilst(|| format!("could not write {}", downloading.display()))?;
    run(
        command("curl")
            .current_dir(&folder)
            .args(["--fail", "--silent", "--show-error", "--location", "--retry", "3"])
            .args(["--config", "downloads.txt"]),
        fix,
    )?;
    let check = folder.join("sha256sums.txt");
    fs::write(&check, sums.concat()).whilst(|| format!("could not write {}", check.display()))?;
    run(
        command("sha256sum").current_dir(&folder).args(["--check", "--quiet", "sha256sums.txt"]),
        "a jar is not the one that tests/sdk/java/jars.txt names: look at the mirror",
    )?;
    fs::write(&stamp, wanted).whilst(|| format!("could not write {}", stamp.display()))?;
    Ok(folder)
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn reads_the_major_version() {
        assert_eq!(major("javac 17.0.9"), Some(17));
        assert_eq!(major("javac 25-ea"), Some(25));
        assert_eq!(major("javac"), None);
    }
}
