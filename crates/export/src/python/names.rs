//! Names that a file of Python has already, and that nothing else in it can have.

use crate::code::Identifiers;

/// Where LittleHorse's messages are.
pub(super) const API: &str = "littlehorse.model";

/// What may be imported besides them, and from where; only what is used is.
pub(super) const IMPORTS: [(&str, &[&str]); 5] = [
    ("littlehorse", &["create_workflow_spec"]),
    ("littlehorse.config", &["LHConfig"]),
    (API, &["Map", "WaitForThreadsStrategy"]),
    ("littlehorse.worker", &["LHTaskWorker"]),
    (
        "littlehorse.workflow",
        &["CastExpression", "LHExpression", "SpawnedThreads", "Workflow", "WorkflowThread"],
    ),
];

/// Words of the language, in small letters as all names are.
const KEYWORDS: &[&str] = &[
    "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif",
    "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda",
    "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield", "none",
    "true", "false", "match",
];

/// Names of the file's own functions and variables, and what else it uses by names in small letters.
const OWN: &[&str] = &[
    "asyncio",
    "datetime",
    "littlehorse",
    "main",
    "register",
    "get_workflow",
    "str",
    "int",
    "float",
    "bool",
    "bytes",
    "list",
    "dict",
    "config",
    "stub",
    "create_workflow_spec",
];

/// Modules that Python brings, and those that the SDK needs. A file of the same name would stand before them on
/// Python's path when it is run.
const MODULES: &str = "\
    abc aifc annotationlib antigravity argparse array ast asynchat asyncio asyncore atexit audioop \
    base64 bdb binascii bisect builtins bz2 calendar cgi cgitb chunk cmath cmd code codecs codeop \
    collections colorsys compileall compression concurrent configparser contextlib contextvars \
    copy copyreg crypt csv ctypes curses dataclasses datetime dbm decimal difflib dis distutils \
    doctest email encodings ensurepip enum errno faulthandler fcntl filecmp fileinput fnmatch \
    formatter fractions ftplib functools gc genericpath getopt getpass gettext glob graphlib grp \
    gzip hashlib heapq hmac html http idlelib imaplib imghdr imp importlib inspect io ipaddress \
    itertools json keyword lib2to3 linecache locale logging lzma mailbox mailcap marshal math \
    mimetypes mmap modulefinder msilib msvcrt multiprocessing netrc nis nntplib nt ntpath \
    nturl2path numbers opcode operator optparse os ossaudiodev parser pathlib pdb pickle \
    pickletools pipes pkgutil platform plistlib poplib posix posixpath pprint profile pstats pty \
    pwd py_compile pyclbr pydoc pydoc_data pyexpat queue quopri random re readline reprlib \
    resource rlcompleter runpy sched secrets select selectors shelve shlex shutil signal site \
    smtpd smtplib sndhdr socket socketserver spwd sqlite3 sre_compile sre_constants sre_parse ssl \
    stat statistics string stringprep struct subprocess sunau symbol symtable sys sysconfig syslog \
    tabnanny tarfile telnetlib tempfile termios textwrap this threading time timeit tkinter token \
    tokenize tomllib trace traceback tracemalloc tty turtle turtledemo types typing unicodedata \
    unittest urllib uu uuid venv warnings wave weakref webbrowser winreg winsound wsgiref xdrlib \
    xml xmlrpc zipapp zipfile zipimport zlib zoneinfo \
    authlib certifi cffi cryptography google grpc idna jproperties littlehorse requests six urllib3";

/// The name of a workflow's module: one that can be imported and is in nobody's way.
pub(crate) fn module(workflow: &str) -> String {
    let is_taken =
        |name: &str| KEYWORDS.contains(&name) || MODULES.split(' ').any(|module| module == name);
    Identifiers::new(true, is_taken).name(workflow)
}

/// Whether no variable and no function can have this name.
pub(super) fn is_reserved(name: &str) -> bool {
    KEYWORDS.contains(&name) || OWN.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::{is_reserved, module};
    use crate::{Target, export};

    #[test]
    fn a_module_is_in_nobodys_way() {
        for (workflow, wanted) in [
            ("ship-order", "ship_order"),
            ("string", "string_2"),
            ("asyncio", "asyncio_2"),
            ("littlehorse", "littlehorse_2"),
            ("class", "class_2"),
            ("1st", "v1st"),
        ] {
            assert_eq!(module(workflow), wanted);
            assert_eq!(Target::Python.file_name(workflow), format!("{wanted}.py"));
        }
    }

    #[test]
    fn a_variable_is_no_branch_and_a_workflow_no_import() {
        assert!(is_reserved("create_workflow_spec"));
        let source = "workflow: w\nthreads:\n  main:\n    variables: {then_1: INT}\n    do:\n      - if: $then_1 > 0\n        then: [{set: {then_1: 0}}]\n";
        let document = halter_spec::load(source).document.unwrap();
        let code = export(&document, Target::Python).unwrap();
        assert!(code.contains("do_if(then_1.is_greater_than(0), _then_1)"), "{code}");
    }
}
