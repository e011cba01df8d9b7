package dev.sluice.gateway.filter.engine;

import dev.sluice.gateway.filter.json.MemberRuns;
import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One member name on the way from the root of the body to the values that filters look at. */
final class PathNode {
    final int id;
    final String name;
    /** Null when nothing below is looked at: then the value is passed over whole. */
    final @Nullable KeyTable<PathNode> members;
    /** The members' names in a form that runs stop at. */
    final long names;

    private PathNode(int id, String name, @Nullable KeyTable<PathNode> members, long names) {
        this.id = id;
        this.name = name;
        this.members = members;
        this.names = names;
    }

    /** A node while filters are being compiled. */
    static final class Builder {
        final int id;
        final String name;
        final ValueIndex.Builder index;
        private final List<Builder> all;
        private final Map<String, Builder> members = new LinkedHashMap<>();

        private Builder(String name, List<Builder> all) {
            this.id = all.size();
            this.name = name;
            this.index = new ValueIndex.Builder(id);
            this.all = all;
            all.add(this);
        }

        /** A root; the list collects all nodes, each at the index of its id. */
        static Builder root(List<Builder> all) {
            return new Builder("", all);
        }

        /** The node of a member, made on first use. */
        Builder member(String name) {
            Builder known = members.get(name);
            if (known == null) {
                known = new Builder(name, all);
                members.put(name, known);
            }
            return known;
        }

        int members() {
            return members.size();
        }

        /** The finished tree. */
        PathNode build() {
            Map<String, PathNode> built = new LinkedHashMap<>();
            members.forEach((member, builder) -> built.put(member, builder.build()));
            return new PathNode(id, name, built.isEmpty() ? null : new KeyTable<>(built),
                    MemberRuns.bits(built.keySet()));
        }
    }
}
