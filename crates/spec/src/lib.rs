//! What a workflow is: the WfSpec model, its sources, its diagnostics.
#![forbid(unsafe_code)]
