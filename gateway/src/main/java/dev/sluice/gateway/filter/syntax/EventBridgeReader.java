package dev.sluice.gateway.filter.syntax;

import dev.sluice.gateway.filter.FilterException;
import dev.sluice.gateway.filter.ast.Condition;
import dev.sluice.gateway.filter.ast.Predicate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Patterns as Amazon EventBridge and its library event-ruler have them: objects like the event, with an array of
 * alternatives for each value. What an object asks of an array, one element of that array must meet.
 */
final class EventBridgeReader {
    private static final String OR = "$or";

    Condition read(Place place) throws FilterException {
        if (!place.isObject()) {
            throw place.refuse("a pattern must be an object");
        }
        return new Condition.Some(object(place, List.of()));
    }

    /** What a pattern asks of an object that lies {@code above} names below the current value. */
    private Condition object(Place place, List<String> above) throws FilterException {
        List<Condition> parts = new ArrayList<>();
        for (Map.Entry<String, Place> member : place.members().entrySet()) {
            String name = member.getKey();
            Place value = member.getValue();
            FieldPaths.remarkPlaceInArray(name, value);
            if (name.equals(OR)) {
                parts.add(alternatives(value, above));
            } else if (value.isArray()) {
                parts.add(values(value, with(above, name)));
            } else if (!value.isObject()) {
                throw value.refuse("must be an array of values or an object");
            } else if (demandsPresence(value)) {
                parts.add(FieldPaths.at(with(above, name), new Condition.Some(object(value, List.of()))));
            } else {
                // Nothing here picks an element of an array, so absence means absence from all of them.
                parts.add(object(value, with(above, name)));
            }
        }
        if (parts.isEmpty()) {
            throw place.refuse("must not be empty");
        }
        return parts.size() == 1 ? parts.getFirst() : new Condition.All(parts);
    }

    private Condition alternatives(Place place, List<String> above) throws FilterException {
        List<Condition> parts = new ArrayList<>();
        for (Place element : place.elements()) {
            if (!element.isObject()) {
                throw element.refuse("must be an object");
            }
            parts.add(object(element, above));
        }
        if (parts.size() < 2) {
            throw place.refuse("must have at least two alternatives");
        }
        return new Condition.Any(parts);
    }

    /** The alternatives for one value. */
    private static Condition values(Place place, List<String> path) throws FilterException {
        List<Condition> alternatives = new ArrayList<>();
        for (Place element : place.someElements()) {
            if (isAbsence(element)) {
                alternatives.add(new Condition.Not(FieldPaths.at(path, new Condition.Test(new Predicate.Leaf()))));
            } else {
                alternatives.add(FieldPaths.at(path, new Condition.Test(EventBridgeTests.read(element))));
            }
        }
        return alternatives.size() == 1 ? alternatives.getFirst() : new Condition.Any(alternatives);
    }

    /** Whether some value below must be there, and so picks the elements of the arrays on its way. */
    private static boolean demandsPresence(Place place) throws FilterException {
        if (place.isArray()) {
            for (Place element : place.elements()) {
                if (element.isObject() ? demandsPresenceInside(element) : !isAbsence(element)) {
                    return true;
                }
            }
            return false;
        }
        return place.isObject() && demandsPresenceInside(place);
    }

    private static boolean demandsPresenceInside(Place place) throws FilterException {
        if (isAbsence(place)) {
            return false;
        }
        for (Map.Entry<String, Place> member : place.members().entrySet()) {
            if ((!member.getValue().isObject() && !member.getValue().isArray()) || demandsPresence(member.getValue())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAbsence(Place place) throws FilterException {
        if (!place.isObject()) {
            return false;
        }
        Map<String, Place> members = place.members();
        Place exists = members.get("exists");
        return members.size() == 1 && exists != null && Boolean.FALSE.equals(exists.value());
    }

    private static List<String> with(List<String> names, String name) {
        List<String> longer = new ArrayList<>(names);
        longer.add(name);
        return longer;
    }
}
