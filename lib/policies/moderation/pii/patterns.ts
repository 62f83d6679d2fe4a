/**
 * Every pattern of the personal-data agent. No quantifier is without an upper bound and none is nested in a way that
 * two of them can share the same characters, so a text is read in time linear in its length; a test looks at the sources.
 */
export const patterns = {
  /** Also as an address on the web spells it. */
  email: /(?<![\w.+%-])[a-z0-9_][\w.+%-]{0,63}(?:@|%40)(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,24}(?![\w-])/gi,
  urlCredentials: /\b[a-z][a-z0-9+.-]{1,15}:\/\/[^\s/:@]{1,64}:[^\s/@]{1,128}@[a-z0-9.-]{1,253}/gi,
  iban: /(?<![a-z0-9])[a-z]{2}\d{2}(?: ?[a-z0-9]){11,30}(?![a-z0-9])/gi,
  ipv4: /(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.]\d|\w)/g,
  ipv6: /(?<![\w:.])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?![\w:])/gi,
  /** Digits in groups: cards, telephones and numbers of persons are looked for in these. */
  digits:
    /(?<![\w.,-])[+(]{0,2}\d(?:[ ().\u2011-]{0,3}\d){5,23}(?!\w)|(?<![\w.,-])\d(?:[ ().-]{0,3}\d){6,14}(?=x\d{1,5}\b)/g,
  lettered:
    /(?<![a-z0-9])(?:[a-z]{2} ?\d{2} ?\d{2} ?\d{2} ?[a-d]|[xyz]?-?\d{7,8}-?[a-z]|[a-z]{6}[a-z0-9]{2}[a-z][a-z0-9]{2}[a-z][a-z0-9]{3}[a-z])(?![a-z0-9])/gi,
  secret:
    /(?<![\w-])(?:AKIA[A-Z0-9]{16}|gh[pousr]_\w{36,80}|sk-[\w-]{20,120}|sk_live_\w{16,80}|xox[abpr]-[\w-]{10,80}|-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----)/g,
  birthDate:
    /\b(?:born(?: on)?|dob|d\.o\.b\.?|date of birth|birth ?date|birthday|geboren(?: am)?|geburtsdatum|né(?:e)? le)[ :]{1,3}(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}\.? [a-zä]{3,9}\.?,? \d{4}|[a-z]{3,9} \d{1,2}(?:st|nd|rd|th)?,? \d{4})/gi,
  /** House number and a word for a street, or the other way round, as in German or Dutch. */
  street:
    /(?<![\w.,-])\d{1,5}[a-z]?,? (?:[\p{L}'.-]{2,20} ){1,4}(?:street|st|avenue|ave|road|rd|boulevard|blvd|drive|lane|ln|court|square|way|terrace|parkway|highway|crescent|close)\b|(?<!\p{L})[\p{L}-]{2,20}(?:straße|strasse|str\.|gasse|weg|platz|allee|laan|straat|gatan|vej|vägen) \d{1,4}[a-z]?\b|(?<![\w.,-])\d{1,4}(?: bis)?,? (?:rue|avenue|boulevard|place|chemin|via|calle|avenida) (?:[\p{L}'.-]{2,20} ){0,3}[\p{L}'.-]{2,20}/giu,
} as const satisfies Record<string, RegExp>;

/** Words that, shortly before a number, say what it is. */
export const contexts = {
  phone:
    /\b(?:phone|telephone|tel|mobile|cell|call|fax|whatsapp|sms|text me|contact|reach|dial|my number|telefon|handy|anruf\w{0,3}|rufnummer|téléphone|teléfono|telefono|ring)\b/i,
  card: /\b(?:card|visa|mastercard|amex|credit|debit|karte|kreditkarte|carte|tarjeta|maestro|discover)\b/i,
  socialSecurity: /\b(?:ssn|social security|social insurance|sin|tax id|taxpayer)\b/i,
  taxNumber: /\b(?:steuer-?id\w{0,20}|steuerliche|identifikationsnummer|tin|tax)\b/i,
  citizenNumber: /\b(?:bsn|burgerservicenummer|sofi|pesel|national id|id number)\b/i,
  version: /\b(?:v|ver|version|release|build|section|chapter)\.? ?$/i,
} as const satisfies Record<string, RegExp>;
