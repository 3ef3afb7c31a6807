/**
 * The one place where the model's codecs meet Flink: a serializer and the type information over any codec, so that
 * nothing falls back to Kryo.
 */
@NullMarked
package io.crossbook.flink;

import org.jspecify.annotations.NullMarked;
