import type { Mark } from "./mark";

/** Forms that a text borrows from the inside of a model's conversation: roles, delimiters, calls of tools. */
export const marksOfStructure: readonly Mark[] = [
  {
    id: "role_in_json",
    category: "role_marker",
    weight: 0.8,
    pattern: /["']role["'] ?: ?["'](?:system|assistant|developer|tool)["']/gi,
  },
  {
    id: "heading_of_prompt",
    category: "role_marker",
    weight: 0.55,
    pattern:
      /(?<![^\n])[ \t]{0,4}#{2,6} ?(?:new )?(?:instructions?|system|response|input|prompt|assistant|task)\b/gi,
  },
  {
    id: "tag_of_prompt",
    category: "role_marker",
    weight: 0.55,
    pattern:
      /<\/?(?:prompt|context|user_?input|user|task|rules?|policy|override|admin|important|tool_call|tool_result|function_call|untrusted|data)>/gi,
  },
  {
    id: "role_in_brackets",
    category: "role_marker",
    weight: 0.6,
    pattern:
      /[[({](?:system|admin|developer|assistant|override|new instructions?)(?: (?:message|note|prompt|override|only))?(?: ?:[^\])}\n]{1,200})?[\])}]/gi,
  },
  {
    id: "turn_of_dialogue",
    category: "role_marker",
    weight: 0.5,
    pattern:
      /(?<![^\n])[ \t]{0,4}(?:human|ai|bot|chatgpt|gpt|llm|claude|assistant)[ \t]{0,2}:(?=[^\n]{0,200}\S)/gi,
  },
  {
    id: "fence_and_order",
    category: "role_marker",
    weight: 0.55,
    // Signatures, keys and forwarded mail stand between such lines as well.
    pattern:
      /(?:={3,40}|-{3,40}|\*{3,40}|~{3,40}|`{3}|"{3}) ?(?:end|stop|begin|start|new|system|ignore|admin|override)\b(?! (?:of )?(?:pgp|gpg|ssh|rsa|ec|open|certificate|private|public|encrypted|forwarded|original|unsent|included|quoted|file|message|digest)\b)[^\n]{0,40}/gi,
  },
  {
    id: "order_in_comment",
    category: "hidden_text",
    weight: 0.7,
    pattern:
      /<!--[^>]{0,200}?\b(?:ignore|instructions?|system|assistant|prompt|approve|override|ai|llm)\b|(?:display: ?none|font-size: ?0|visibility: ?hidden|color: ?(?:white|#fff))/gi,
  },
  {
    id: "admin_override",
    category: "role_marker",
    weight: 0.62,
    pattern:
      /\b(?:admin(?:istrator)?|system|developer|root|sudo|security|supervisor|emergency) (?:override|bypass|directive|command|privileges?)\b/gi,
  },
  {
    id: "call_in_json",
    category: "tool_abuse",
    weight: 0.72,
    pattern:
      /["'](?:tool|function|name|action|tool_name)["'] ?: ?["'][\w.-]{1,60}["'] ?, ?["'](?:arguments|parameters|params|input|args|tool_input)["'] ?:/gi,
  },
  {
    id: "call_in_code",
    category: "tool_abuse",
    weight: 0.6,
    pattern:
      /\b[a-z]{2,20}(?:_[a-z]{2,20}){1,4}\([^()\n]{1,120}\)|\b[a-z]{2,20}\([a-z_]{1,20} ?= ?[^()\n]{1,100}\)/g,
  },
  {
    id: "use_the_tool",
    category: "tool_abuse",
    weight: 0.55,
    pattern:
      /\b(?:call|invoke|trigger|execute) (?:the |your |a )?(?:[\w.-]{1,30} ){0,2}?(?:tool|function|plugin|endpoint|webhook)\b/gi,
  },
  {
    id: "waits_for_the_next_line",
    category: "forced_output",
    weight: 0.4,
    pattern: /\n(?!(?:phone|address|name|tel|mobile|email|order|date)\b)[A-Z][\w ]{0,20}:[ \t]{0,4}$/g,
  },
];
