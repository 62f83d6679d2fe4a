import { apiContext } from "@/lib/identity/server/api-context";
import { addNoteEndpoint, listNotesEndpoint } from "@/lib/reviews/notes";
import { addNote } from "@/lib/reviews/server/add-note";
import { listNotes } from "@/lib/reviews/server/list-notes";
import { serve } from "@/lib/server/serve";

export const GET = serve(listNotesEndpoint, apiContext, listNotes);
export const POST = serve(addNoteEndpoint, apiContext, addNote);
