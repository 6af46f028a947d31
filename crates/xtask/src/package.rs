//! The npm package: `crates/wasm` bound for modules, with the JavaScript of `crates/wasm/package` around it.

use std::fs;
use std::path::{Path, PathBuf};

use crate::bindings::{self, For};
use crate::command::{command, output_of, run};
use crate::failure::{Failure, Outcome, While};
use crate::paths;
use crate::setup::ForSite;

/// What wasm-bindgen makes besides that the package does not need: its own declarations and its own package.json.
const NOT_PACKED: [&str; 2] = ["halter_wasm.d.ts", "halter_wasm_bg.wasm.d.ts"];

/// Builds the package; returns its folder.
pub(crate) fn build(tools: &ForSite) -> Outcome<PathBuf> {
    let out = paths::package();
    let _ = fs::remove_dir_all(&out);
    bindings::build(tools, For::Modules, &out)?;
    for name in NOT_PACKED {
        let _ = fs::remove_file(out.join(name));
    }
    let source = paths::root().join("crates/wasm/package");
    let what = || format!("could not copy {}", source.display());
    for file in fs::read_dir(&source).whilst(what)? {
        let file = file.whilst(what)?;
        copy(&file.path(), &out.join(file.file_name()))?;
    }
    let element = paths::root().join("web/element/halter-playground.js");
    copy(&element, &out.join("element.js"))?;
    copy(&paths::root().join("LICENSE"), &out.join("LICENSE"))?;
    complete(&out.join("package.json"))?;
    say_where_from(tools, &out)?;
    Ok(out)
}

/// Writes provenance.json, by a script: hashes are Node's.
fn say_where_from(tools: &ForSite, package: &Path) -> Outcome {
    let mut script = command("node");
    script.arg(paths::root().join("crates/xtask/src/package/provenance.mjs")).arg(package);
    for tool in ["rustc", "wasm-bindgen", "wasm-opt"] {
        let mut asked = command(tool);
        tools.compiler.equip(&mut asked);
        let said = output_of(asked.arg("--version")).unwrap_or_default();
        script.arg(format!("{tool}={}", version(tool, &said)));
    }
    run(&mut script, "read the message above")
}

/// The version in what a tool says of itself, which begins with its name.
fn version<'a>(tool: &str, said: &'a str) -> &'a str {
    said.strip_prefix(tool).unwrap_or(said).trim()
}

fn copy(from: &Path, to: &Path) -> Outcome {
    fs::copy(from, to).whilst(|| format!("could not copy {}", from.display()))?;
    Ok(())
}

/// Gives package.json what is said elsewhere: the workspace's version, and where the project is.
fn complete(package: &Path) -> Outcome {
    let what = || format!("could not write {}", package.display());
    let text = fs::read_to_string(package).whilst(what)?;
    let version = env!("CARGO_PKG_VERSION");
    let completed = completed(&text, version, home().as_deref()).ok_or_else(|| {
        Failure::new("the package's package.json has no version 0.0.0 to replace")
    })?;
    fs::write(package, completed).whilst(what)
}

fn completed(text: &str, version: &str, home: Option<&str>) -> Option<String> {
    let wanted = "\"version\": \"0.0.0\",";
    let repository = home.map_or_else(String::new, |home| {
        format!(
            "\n  \"repository\": {{ \"type\": \"git\", \"url\": \"git+{home}.git\" }},\n  \"bugs\": {{ \"url\": \"{home}/issues\" }},"
        )
    });
    let given = format!("\"version\": \"{version}\",{repository}");
    text.contains(wanted).then(|| text.replacen(wanted, &given, 1))
}

/// The project's address on the web: HALTER_REPOSITORY, or where this copy of it came from. A copy that came from
/// nowhere has none, and the package says nothing of it.
pub(crate) fn home() -> Option<String> {
    let origin = || output_of(command("git").args(["remote", "get-url", "origin"]));
    web_address(&std::env::var("HALTER_REPOSITORY").ok().or_else(origin)?)
}

/// The address for a browser of a remote repository, without anybody's name and password.
fn web_address(remote: &str) -> Option<String> {
    let (host, path) = match remote.split_once("://") {
        Some(("https" | "ssh", rest)) => rest.split_once('/')?,
        Some(_) => return None,
        // git@host:path
        None => remote.split_once(':').filter(|(host, _)| host.contains('@'))?,
    };
    let host = host.rsplit('@').next().unwrap_or(host);
    let host = host.split(':').next().unwrap_or(host);
    let path = path.trim_end_matches('/').trim_end_matches(".git");
    let is_plain = |text: &str| {
        !text.is_empty()
            && text.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_./~".contains(letter))
    };
    (is_plain(host) && is_plain(path)).then(|| format!("https://{host}/{path}"))
}

#[cfg(test)]
mod tests {
    use super::{completed, version, web_address};

    #[test]
    fn a_tool_says_its_version() {
        assert_eq!(version("rustc", "rustc 1.96.0 (abc 2026-05-01)"), "1.96.0 (abc 2026-05-01)");
        assert_eq!(version("wasm-opt", "wasm-opt version 132"), "version 132");
    }

    #[test]
    fn the_package_says_where_the_project_is() {
        let text = include_str!("../../wasm/package/package.json");
        let plain = completed(text, "1.2.3", None).unwrap();
        assert!(plain.contains("\"version\": \"1.2.3\",\n"));
        assert!(!plain.contains("repository"));
        let full = completed(text, "1.2.3", Some("https://git.example/a/b")).unwrap();
        assert!(full.contains(
            "\"repository\": { \"type\": \"git\", \"url\": \"git+https://git.example/a/b.git\" },\n"
        ));
        assert!(full.contains("\"bugs\": { \"url\": \"https://git.example/a/b/issues\" },\n"));
        assert_eq!(completed("{}", "1.2.3", None), None);
    }

    #[test]
    fn remotes_have_addresses() {
        let address = Some("https://git.example/a/b".to_owned());
        for remote in [
            "https://git.example/a/b",
            "https://git.example/a/b.git",
            "https://mia:secret@git.example/a/b.git",
            "ssh://git@git.example:2222/a/b.git",
            "git@git.example:a/b.git",
        ] {
            assert_eq!(web_address(remote), address, "{remote}");
        }
        for remote in
            ["/srv/git/b.git", "../b", "file:///srv/b.git", "https://git.example/", "C:/b"]
        {
            assert_eq!(web_address(remote), None, "{remote}");
        }
    }
}
