/**
 * The untrusted half of the executor: a process of its own that runs tenant code and holds nothing worth stealing.
 *
 * <p>It has no credentials, no database and no network, only one socket to the dispatcher that started it. Every
 * service it offers to workflow code is a request over that socket. When the socket closes, the process ends.
 *
 * <p>{@code protocol} is shared with the dispatcher; {@code js} is the JavaScript engine; {@code run} brings the two
 * together, an execution at a time.
 */
@NullMarked
package dev.sluice.executor.sandbox;

import org.jspecify.annotations.NullMarked;
