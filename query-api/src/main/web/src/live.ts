// Books and trades of an instrument as a live run tells them.
import type { Book } from "./book.js";
import { follow } from "./stream.js";
import type { Frame } from "./stream.js";

/** Calls at most once in so many milliseconds, and once more for what came meanwhile. */
export function calmly(millis: number, work: () => void): () => void {
  let waiting = false;
  let again = false;
  return () => {
    if (waiting) {
      again = true;
      return;
    }
    work();
    waiting = true;
    setTimeout(function rested() {
      if (again) {
        again = false;
        work();
        setTimeout(rested, millis);
      } else {
        waiting = false;
      }
    }, millis);
  };
}

/**
 * Keeps a book by what the stream says; one whose checksum is wrong is asked for anew.
 *
 * @param changed the book is another now
 * @return ends it
 */
export function followBook(instrument: string, book: Book, changed: () => void): () => void {
  const take = (frame: Frame) => {
    if (frame.event === "orderbook_snapshot") {
      if ("bids" in frame.data) {
        book.begin(frame.data);
      } else {
        book.beginWith(frame.sequence, frame.data.levels);
      }
    } else if (frame.event === "orderbook_delta" && frame.sequence > book.sequence) {
      book.apply(frame.sequence, frame.data.levels);
      if (book.checksum() !== frame.data.checksum) {
        end();
        end = begin();
        return;
      }
    }
    changed();
  };
  // A whole book comes with each subscription, and with a resync.
  const begin = () => follow(["orderbook"], instrument, take, () => undefined);
  let end = begin();
  return () => end();
}
