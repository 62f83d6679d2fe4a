import type { Change, Comment, Ledger, Metadata, Stamp } from "./types";

type CommentRequest = { text: string; author: string; metadata: Metadata };

/** A comment changes no figure; it goes through the ledger so that it and its event are written as one. */
export function planComment(ledger: Ledger, request: CommentRequest, stamp: Stamp): Change {
  const comment: Comment = {
    id: `cmt_${stamp.suffix}`,
    object: "comment",
    author: request.author,
    created: stamp.at,
    invoice: ledger.invoice.number,
    metadata: request.metadata,
    text: request.text,
  };
  return { ledger, record: comment, eventType: "comment.created" };
}
