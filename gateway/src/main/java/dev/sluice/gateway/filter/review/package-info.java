/** What is said about filters when they are saved: faults that are no errors, and what a filter costs. */
@NullMarked
package dev.sluice.gateway.filter.review;

import org.jspecify.annotations.NullMarked;
