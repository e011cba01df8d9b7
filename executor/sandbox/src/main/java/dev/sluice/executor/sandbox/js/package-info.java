/**
 * The JavaScript engine: one engine a process, contexts that belong to one tenant and one workflow version each, and
 * what code finds inside of them. Knows nothing of sockets and schedules nothing.
 */
@NullMarked
package dev.sluice.executor.sandbox.js;

import org.jspecify.annotations.NullMarked;
