package io.crossbook.api.problem;

/**
 * What is wrong with one field of a request.
 *
 * @param field its name as the caller wrote it
 * @param message what was expected and what was found
 */
public record FieldFault(String field, String message) {}
