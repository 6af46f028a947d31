//! How large a source may be. Beyond these the answer is a diagnostic, not a slow page.

/// Bytes of a source text.
pub const MAX_SOURCE_BYTES: usize = 1 << 20;

/// Lists and maps inside one another.
pub const MAX_DEPTH: usize = 64;

/// Scalars, lists and maps of a source altogether.
pub const MAX_TREE_NODES: usize = 200_000;

/// Diagnostics that are reported for one source.
pub const MAX_DIAGNOSTICS: usize = 100;

/// Diagnostics after which a reader only goes on looking for errors, if it has found none.
pub(crate) const ENOUGH_DIAGNOSTICS: usize = 5 * MAX_DIAGNOSTICS;

/// The most milliseconds that one command lets pass: 285,000 years, and few enough to be a number of JSON.
pub const MAX_PASS_MS: i64 = 9_000_000_000_000_000;

/// Parts of an expression inside one another.
pub const MAX_EXPRESSION_DEPTH: usize = 48;

/// Types inside one another.
pub const MAX_TYPE_DEPTH: usize = 16;

/// Operators of one expression.
pub const MAX_EXPRESSION_OPERATORS: usize = 100;

/// Bytes of one expression.
pub const MAX_EXPRESSION_BYTES: usize = 8 << 10;

/// WfSpecs of child workflows of a document.
pub const MAX_WORKFLOWS: usize = 16;

/// ThreadSpecs of a WfSpec.
pub const MAX_THREADS: usize = 200;

/// Nodes of a WfSpec, over all its ThreadSpecs.
pub const MAX_NODES: usize = 5_000;

/// Variables of a WfSpec, over all its ThreadSpecs.
pub const MAX_VARIABLES: usize = 1_000;

/// Interrupts that a WfSpec registers, over all its ThreadSpecs.
pub const MAX_INTERRUPTS: usize = 1_000;

/// Mutations of variables in a WfSpec, over all its edges.
pub const MAX_MUTATIONS: usize = 10_000;
