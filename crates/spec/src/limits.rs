//! How large a source may be. Beyond these the answer is a diagnostic, not a slow page.

/// Bytes of a source text.
pub const MAX_SOURCE_BYTES: usize = 1 << 20;

/// Lists and maps inside one another.
pub const MAX_DEPTH: usize = 64;

/// Scalars, lists and maps of a source altogether.
pub const MAX_TREE_NODES: usize = 200_000;

/// Diagnostics that are reported for one source.
pub const MAX_DIAGNOSTICS: usize = 100;

/// Parts of an expression inside one another.
pub const MAX_EXPRESSION_DEPTH: usize = 48;

/// Operators of one expression.
pub const MAX_EXPRESSION_OPERATORS: usize = 100;

/// Bytes of one expression.
pub const MAX_EXPRESSION_BYTES: usize = 8 << 10;

/// Nodes of one ThreadSpec.
pub const MAX_NODES_PER_THREAD: usize = 5_000;
