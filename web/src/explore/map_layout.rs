//! Where the groups of a map stand: those that are reached after as many moves in a column, in it near to those that lead there.

use halter_explorer_worker::messages::{Group, Map};

use super::words;

/// In CSS pixels: a box's width, the room between two columns and between two boxes, the height of a line, what a box has beside its lines, and the
/// margin of the whole.
const WIDTH: f64 = 152.0;
const ACROSS: f64 = 64.0;
const DOWN: f64 = 12.0;
const LINE: f64 = 17.0;
const FRAME: f64 = 28.0;
const MARGIN: f64 = 16.0;

/// ThreadRuns of different kinds that a box names.
pub(super) const LINES: usize = 5;

/// A group's box: left, top and height, and its place in its column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct GroupBox {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) height: f64,
    pub(super) column: usize,
    pub(super) row: usize,
}

/// Where everything stands.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct MapLayout {
    pub(super) places: Vec<GroupBox>,
    /// Of each way, in their order.
    pub(super) paths: Vec<String>,
    pub(super) width: f64,
    pub(super) height: f64,
    /// The groups of each column, from above.
    pub(super) columns: Vec<Vec<usize>>,
}

impl MapLayout {
    pub(super) fn of(map: &Map) -> MapLayout {
        let mut columns: Vec<Vec<usize>> = Vec::new();
        for (index, group) in map.groups.iter().enumerate() {
            if columns.len() <= group.depth {
                columns.resize_with(group.depth + 1, Vec::new);
            }
            columns[group.depth].push(index);
        }
        // Moves that lead from one state of a group to another leave columns without a first state: those take no room.
        columns.retain(|column| !column.is_empty());
        let mut before: Vec<Vec<usize>> = vec![Vec::new(); map.groups.len()];
        for way in &map.ways {
            if let Some(before) = before.get_mut(way.to) {
                before.push(way.from);
            }
        }
        let mut middle: Vec<Option<f64>> = vec![None; map.groups.len()];
        let none = GroupBox { x: 0.0, y: 0.0, height: 0.0, column: 0, row: 0 };
        let mut layout = MapLayout { places: vec![none; map.groups.len()], ..MapLayout::default() };
        for (number, column) in columns.iter_mut().enumerate() {
            let wanted = |group: usize| {
                let known = before[group].iter().filter_map(|&from| middle[from]);
                let (sum, count) = known.fold((0.0, 0), |(sum, count), y| (sum + y, count + 1));
                if count == 0 { f64::MAX } else { sum / f64::from(count) }
            };
            column.sort_by(|a, b| wanted(*a).total_cmp(&wanted(*b)));
            let x = MARGIN + number as f64 * (WIDTH + ACROSS);
            let mut y = MARGIN;
            for (row, &group) in column.iter().enumerate() {
                let height = height(&map.groups[group]);
                layout.places[group] = GroupBox { x, y, height, column: number, row };
                middle[group] = Some(y + height / 2.0);
                y += height + DOWN;
            }
            layout.width = x + WIDTH + MARGIN;
            layout.height = layout.height.max(y - DOWN + MARGIN);
        }
        layout.paths = map
            .ways
            .iter()
            .map(|way| path(&layout.places[way.from], &layout.places[way.to]))
            .collect();
        layout.columns = columns;
        layout
    }

    /// The group beside this one: so many columns and rows away, as far as there are any.
    pub(super) fn beside(&self, group: usize, columns: isize, rows: isize) -> usize {
        let Some(place) = self.places.get(group) else { return group };
        let column =
            place.column.saturating_add_signed(columns).min(self.columns.len().saturating_sub(1));
        let Some(groups) = self.columns.get(column) else { return group };
        if columns == 0 {
            let row = place.row.saturating_add_signed(rows).min(groups.len().saturating_sub(1));
            return groups.get(row).copied().unwrap_or(group);
        }
        let distance = |other: &&usize| (self.places[**other].y - place.y).abs();
        groups.iter().min_by(|a, b| distance(a).total_cmp(&distance(b))).copied().unwrap_or(group)
    }
}

fn height(group: &Group) -> f64 {
    let lines = words::statuses(group).len();
    // One more line says how many are not named.
    let shown = if lines > LINES { LINES + 1 } else { lines.max(1) };
    FRAME + LINE * shown as f64
}

fn path(from: &GroupBox, to: &GroupBox) -> String {
    let (x, y) = (from.x + WIDTH, from.y + from.height / 2.0);
    let (end_x, end_y) = (to.x, to.y + to.height / 2.0);
    if to.column > from.column {
        let bend = (end_x - x) / 2.0;
        return format!(
            "M{x:.1} {y:.1}C{:.1} {y:.1} {:.1} {end_y:.1} {end_x:.1} {end_y:.1}",
            x + bend,
            end_x - bend
        );
    }
    // Back, or within a column: around the outside of both.
    let bend = ACROSS * 0.6;
    if to.column == from.column {
        let right = to.x + WIDTH;
        return format!(
            "M{x:.1} {y:.1}C{:.1} {y:.1} {:.1} {end_y:.1} {right:.1} {end_y:.1}",
            x + bend,
            right + bend
        );
    }
    let left = from.x;
    let end = to.x + WIDTH;
    format!(
        "M{left:.1} {y:.1}C{:.1} {y:.1} {:.1} {end_y:.1} {end:.1} {end_y:.1}",
        left - bend,
        end + bend
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use halter_explorer_worker::messages::Way;

    fn group(depth: usize) -> Group {
        let threads = vec![("order".to_owned(), "RUNNING".to_owned())];
        Group { run: Some("RUNNING".to_owned()), threads, first: 0, depth, states: 1 }
    }

    fn way(from: usize, to: usize) -> Way {
        Way { from, to, moves: 1, command: String::new() }
    }

    #[test]
    fn boxes_do_not_overlap_and_stand_near_what_leads_to_them() {
        let map = Map {
            groups: vec![group(0), group(1), group(1), group(3), group(3)],
            ways: vec![way(0, 1), way(0, 2), way(2, 3), way(1, 4), way(4, 1)],
            left_out: 0,
            states: Vec::new(),
        };
        let layout = MapLayout::of(&map);
        // Nothing is reached after two moves first: the column is left out.
        assert_eq!(layout.columns, [vec![0], vec![1, 2], vec![4, 3]]);
        for (a, place) in layout.places.iter().enumerate() {
            assert!(place.x + WIDTH <= layout.width && place.y + place.height <= layout.height);
            for other in &layout.places[a + 1..] {
                assert!(
                    place.x + WIDTH <= other.x
                        || other.x + WIDTH <= place.x
                        || place.y + place.height <= other.y
                        || other.y + other.height <= place.y
                );
            }
        }
        assert_eq!(layout.paths.len(), map.ways.len());
        assert_eq!(
            (layout.beside(0, 1, 0), layout.beside(1, 0, 1), layout.beside(3, 0, 1)),
            (1, 2, 3)
        );
        assert_eq!(
            (layout.beside(4, 1, 0), layout.beside(2, -1, 0), layout.beside(0, -1, 0)),
            (4, 0, 0)
        );
        assert_eq!(MapLayout::of(&Map::default()), MapLayout::default());
    }
}
