//! The good sources of the repository.

use std::path::Path;

/// Everything in the repository that is YAML.
pub(crate) fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folders =
        ["static/examples", "static/examples/deviations", "tests/corpus", "tests/traces/scenarios"];
    let mut found = Vec::new();
    for folder in folders {
        let mut paths: Vec<_> = std::fs::read_dir(root.join(folder))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|end| end == "yaml"))
            .collect();
        paths.sort();
        for path in paths {
            let text = std::fs::read_to_string(&path).unwrap();
            found.push((path.display().to_string(), text));
        }
    }
    let docs = std::fs::read_to_string(root.join("docs/source-format.md")).unwrap();
    for (index, block) in docs.split("```yaml\n").skip(1).enumerate() {
        let text = block.split("```").next().unwrap_or_default();
        found.push((format!("docs {index}"), text.to_owned()));
    }
    assert!(found.len() > 20);
    found
}
