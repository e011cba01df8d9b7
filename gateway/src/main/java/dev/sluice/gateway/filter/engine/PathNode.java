package dev.sluice.gateway.filter.engine;

import dev.sluice.gateway.filter.json.Names;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A place on the way from the root of the body to the values that filters look at.
 *
 * @param members by name the numbers of the nodes below; null when nothing below is looked at, so that the value is
 *     passed over whole
 * @param names the members' names as {@link Names} has them
 */
record PathNode(@Nullable KeyTable members, long names) {
    private static final PathNode LEAF = new PathNode(null, 0);

    /** A node while filters are being compiled. */
    static final class Builder {
        /** Changes once, see {@link #arrange}. */
        int id;
        final ValueIndex.Builder index = new ValueIndex.Builder();
        private final List<Builder> all;
        private final Map<String, Builder> members = new LinkedHashMap<>();

        private Builder(List<Builder> all) {
            this.id = all.size();
            this.all = all;
            all.add(this);
        }

        /** A root; the list collects all nodes, each at the index of its id. */
        static Builder root(List<Builder> all) {
            return new Builder(all);
        }

        /** The node of a member, made on first use. */
        Builder member(String name) {
            Builder known = members.get(name);
            if (known == null) {
                known = new Builder(all);
                members.put(name, known);
            }
            return known;
        }

        int members() {
            return members.size();
        }

        /** Numbers the nodes anew, the members of each side by side, because an event has them side by side. */
        static void arrange(List<Builder> all, Builder... roots) {
            List<Builder> arranged = new ArrayList<>(List.of(roots));
            for (int i = 0; i < arranged.size(); i++) {
                arranged.addAll(arranged.get(i).members.values());
            }
            all.clear();
            all.addAll(arranged);
            for (int i = 0; i < all.size(); i++) {
                all.get(i).id = i;
            }
        }

        /** The finished node. */
        PathNode build() {
            if (members.isEmpty()) {
                return LEAF;
            }
            Map<String, Integer> ids = new LinkedHashMap<>();
            members.forEach((member, node) -> ids.put(member, node.id));
            return new PathNode(new KeyTable(ids), Names.bits(ids.keySet()));
        }
    }
}
