//! Makes the moves of many states on several threads of the machine.

use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::expansion::{Expansions, Known};
use crate::frontier::{Batch, Waiting};
use crate::mover::Mover;

/// States that one thread of the machine takes together.
const PIECE: usize = 64;

/// What came of the states of a batch, piece by piece.
#[derive(Debug, Default)]
pub(crate) struct SideBySide(Vec<Mutex<Expansions>>);

impl SideBySide {
    /// Expands states on several threads, each of which takes the next few until there are none left.
    pub(crate) fn expand(&mut self, known: Known<'_>, movers: &mut [Mover], batch: &Batch) {
        let states: Vec<Waiting<'_>> = batch.iter().collect();
        let pieces: Vec<&[Waiting<'_>]> = states.chunks(PIECE).collect();
        let several = || Mutex::new(Expansions::of_several());
        self.0.resize_with(pieces.len().max(self.0.len()), several);
        let next = AtomicUsize::new(0);
        let places = &self.0;
        let work = |mover: &mut Mover| {
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                let (Some(piece), Some(place)) = (pieces.get(number), places.get(number)) else {
                    return;
                };
                // Nobody else has this place now.
                let mut into = place.lock().unwrap_or_else(PoisonError::into_inner);
                into.clear();
                for waiting in *piece {
                    mover.expand(known, *waiting, &mut into);
                }
            }
        };
        std::thread::scope(|scope| {
            let work = &work;
            let [own, others @ ..] = movers else {
                return;
            };
            // A machine that gives no more threads does with those that it gave: this one is always there.
            let helpers = others.iter_mut().take(pieces.len().saturating_sub(1));
            let workers: Vec<_> = helpers
                .map_while(|mover| {
                    std::thread::Builder::new().spawn_scoped(scope, move || work(mover)).ok()
                })
                .collect();
            work(own);
            for worker in workers {
                if let Err(panic) = worker.join() {
                    std::panic::resume_unwind(panic);
                }
            }
        });
    }

    /// The states of the batch with what came of them, in their order.
    pub(crate) fn pieces<'a>(
        &'a mut self,
        batch: &'a Batch,
    ) -> impl Iterator<Item = (Vec<Waiting<'a>>, &'a Expansions)> {
        let mut states = batch.iter();
        self.0.iter_mut().map_while(move |place| {
            let piece: Vec<Waiting<'_>> = states.by_ref().take(PIECE).collect();
            let expansions = place.get_mut().unwrap_or_else(PoisonError::into_inner);
            (!piece.is_empty()).then_some((piece, &*expansions))
        })
    }
}
