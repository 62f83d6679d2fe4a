import { FeedbackClosed } from "@/components/feedback/ask-feedback";

export default function NoFeedbackLink() {
  return (
    <FeedbackClosed title="This link does not work">
      It may be cut off or changed. Ask whoever sent it to you for a new one.
    </FeedbackClosed>
  );
}
