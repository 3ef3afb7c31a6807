/**
 * What tests and benchmarks share: the reference book, which says the matching rules as plainly as they are written and
 * which every fast book is compared with; builders of commands; seeded order flows that are nasty on purpose and a
 * shrinker for what they find; scenarios with known results; the rules of who may depend on whom.
 *
 * <p>Nothing here is shipped.
 */
@NullMarked
package io.crossbook.testkit;

import org.jspecify.annotations.NullMarked;
