package io.crossbook.replay.input;

/** Why a line is no command: its code in {@code rejects}. The list is closed. */
public enum InputFault {
    /** The line has more or fewer fields than the header. */
    FIELD_COUNT,
    /** A field that the action needs is empty or has no column. */
    MISSING_FIELD,
    /** A word that is not in the list of its column. */
    UNKNOWN_WORD,
    /** Something other than {@code -}, digits, {@code .}, digits. */
    NOT_A_NUMBER,
    /** Neither RFC 3339 with a zone nor nanoseconds since 1970, or outside 1970 to 2262. */
    NOT_A_TIME,
    /** Bytes that are no UTF-8. */
    BAD_UTF8,
    /** A text of more than 64 bytes. */
    TEXT_TOO_LONG,
    /** A text with a control character in it. */
    CONTROL_CHARACTER,
    /** A quoted field that does not close on its line. */
    OPEN_QUOTE,
    /** A quote inside an unquoted field, or text behind a closing quote. */
    MISPLACED_QUOTE,
    /** A line or record of more than 64 KiB. */
    LINE_TOO_LONG,
    /** A record of the topic that is no JSON object of texts, numbers and truth values. */
    NOT_A_RECORD,
    /** A record with a field that has no meaning. */
    UNKNOWN_FIELD,
    /** A record with a field that is there twice. */
    REPEATED_FIELD,
    /** A record whose key is not its instrument, or which is not in the partition of its key. */
    WRONG_KEY,
    /** The file ends in the middle: compressed data that is cut off, damaged or fails its checksum. */
    BROKEN_OFF
}
