//! The examples and the lessons as they lie in the repository.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use halter_lessons::{Example, Lesson, Problem, parse};

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Names without their endings, and texts of the files in a folder that end like this, in order.
pub(crate) fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    let entries = fs::read_dir(root().join(folder)).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let mut files: Vec<(String, String)> = paths
        .filter(|path| path.extension().is_some_and(|found| found == ending))
        .map(|path| {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect();
    files.sort();
    files
}

/// Slugs and sources of all examples.
static EXAMPLES: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let mut examples = files("static/examples", "yaml");
    for (name, source) in files("static/examples/deviations", "yaml") {
        examples.push((format!("deviations/{name}"), source));
    }
    examples
});

/// Reads a lesson that may be about any example.
pub(crate) fn read(text: &str) -> Result<Lesson, Vec<Problem>> {
    let examples: Vec<Example<'_>> =
        EXAMPLES.iter().map(|(slug, source)| Example { slug, source }).collect();
    parse(text, &examples)
}
