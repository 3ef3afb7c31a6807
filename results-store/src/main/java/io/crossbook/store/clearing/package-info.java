/**
 * What a clearing reads of its trading run and what it leaves: one class per table or question, each with its SQL. A
 * clearing is one transaction after another, each within a step; what a step writes of an instrument it first removes, so
 * that it can be done again.
 */
@NullMarked
package io.crossbook.store.clearing;

import org.jspecify.annotations.NullMarked;
