/** Several nodes of the product on one PostgreSQL and one Redis Cluster, and the crowd that sends to them. */
@NullMarked
package dev.sluice.gateway.fleet;

import org.jspecify.annotations.NullMarked;
