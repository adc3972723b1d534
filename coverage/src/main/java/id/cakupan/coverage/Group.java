package id.cakupan.coverage;

/**
 * A group that figures are for.
 *
 * @param level its kind
 * @param id its id within the level
 */
public record Group(Level level, String id) {
    /** {@code LEVEL/id}. */
    public String key() {
        return level + "/" + id;
    }

    /**
     * Reads {@code LEVEL/id}.
     *
     * @throws IllegalArgumentException when there is no slash or no such level
     */
    public static Group parse(String key) {
        int slash = key.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("a group is written LEVEL/id");
        }
        return new Group(Level.valueOf(key.substring(0, slash)), key.substring(slash + 1));
    }
}
