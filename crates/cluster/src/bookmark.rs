//! Lists that the server hands out page by page.

use serde_json::{Value as Json, json};

use crate::client::Cluster;
use crate::error::Result;

/// Entries of a page.
const PAGE: u32 = 100;

impl Cluster {
    /// All entries of a list about the WfRun with this id.
    pub(crate) fn list(&self, method: &'static str, wf_run: &Json) -> Result<Vec<Json>> {
        let mut request = json!({ "wfRunId": wf_run, "limit": PAGE });
        let mut all = Vec::new();
        loop {
            let mut page = self.call(method, &request)?;
            if let Some(Json::Array(entries)) = page.get_mut("results") {
                all.append(entries);
            }
            match page.get("bookmark") {
                Some(bookmark) if bookmark.as_str() != Some("") => {
                    request["bookmark"] = bookmark.clone();
                }
                _ => return Ok(all),
            }
        }
    }
}
