//! What is too much is taken away.

use super::search::Search;
use crate::analysis::is_flow;
use crate::edit::Edit;
use crate::edits::layout::{item_end, remove_entry, remove_item, remove_lines};

impl Search<'_, '_> {
    pub(super) fn remove_key(&mut self) {
        if let Some((map, index)) = self.entry() {
            let name = map.entries().get(index).map_or("", |entry| &entry.key);
            let title = format!("remove {name}");
            self.add(title, remove_entry(self.cst, map, index));
        }
    }

    pub(super) fn remove_key_as(&mut self, title: &str) {
        if let Some((map, index)) = self.entry() {
            // The last interrupt takes its section along.
            let whole = (map.entries().len() == 1).then(|| self.owner_of(map)).flatten();
            let edit = match whole {
                Some((parent, index)) => remove_entry(self.cst, parent, index),
                None => remove_entry(self.cst, map, index),
            };
            let element = || {
                let (list, index, _) = self.element()?;
                remove_item(self.cst, list, index)
            };
            let edit = edit.or_else(element);
            self.add(title, edit);
        }
    }

    pub(super) fn remove_named_entry(&mut self, key: &str) {
        let entries = self.cst.root.entries();
        let index = entries.iter().position(|entry| entry.key == key);
        let edit = index.and_then(|index| remove_entry(self.cst, &self.cst.root, index));
        self.add(format!("remove {key}"), edit);
    }

    pub(super) fn remove_element(&mut self) {
        if let Some((list, index, _)) = self.element() {
            self.add("remove this step", remove_item(self.cst, list, index));
        }
    }

    pub(super) fn unreachable(&mut self) {
        if let Some(node) = &self.diagnostic.node
            && let Some((map, index)) = self.entry()
            && map.entries().get(index).is_some_and(|entry| entry.key == node.1)
        {
            self.add("remove this node", remove_entry(self.cst, map, index));
            return;
        }
        let Some((list, _, item)) = self.element() else {
            return;
        };
        let Some(last) = list.items().last() else {
            return;
        };
        if is_flow(list) {
            let index = list.items().iter().position(|other| other.from == item.from);
            let before = index
                .and_then(|index| index.checked_sub(1))
                .and_then(|index| list.items().get(index));
            let from = before.map_or(item.from, item_end);
            self.add("remove what is never reached", [Edit::replace(from, item_end(last), "")]);
        } else {
            let edit = remove_lines(self.cst, item.from, item_end(last));
            self.add("remove what is never reached", [edit]);
        }
    }
}
