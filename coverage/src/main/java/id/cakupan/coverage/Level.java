package id.cakupan.coverage;

import id.cakupan.coverage.ProjectFact.Registration;
import id.cakupan.coverage.WorkerFact.Hire;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of groups that figures are for. This is the one list of levels: another one is a line here and its topic.
 */
public enum Level {
    /** One construction project. */
    PROJECT((hire, project) -> hire.projectId(), Registration::projectId),
    /** The party that hired; of a project, its main contractor. */
    CONTRACTOR((hire, project) -> hire.contractorId(), Registration::contractorId),
    /** Kecamatan, by Kemendagri code. */
    DISTRICT(Level.byProject(Registration::districtCode), Registration::districtCode),
    /** City or regency: the first two parts of the district code. */
    CITY(Level.byProject(Level::city), Level::city),
    /** City and source of the money, e.g. {@code 35.73:APBD} for the city government's own sites. */
    FUNDING(Level.byProject(Level::funding), Level::funding);

    /** Id of the group of hires whose project is not known, on the levels that follow from the project. */
    public static final String UNASSIGNED = "UNASSIGNED";

    /** All levels, in the order of declaration. */
    public static final List<Level> ALL = List.of(values());

    private final BiFunction<Hire, @Nullable Registration, String> idOfHire;
    private final Function<Registration, String> idOfProject;

    Level(BiFunction<Hire, @Nullable Registration, String> idOfHire, Function<Registration, String> idOfProject) {
        this.idOfHire = idOfHire;
        this.idOfProject = idOfProject;
    }

    /** The group of this level that the hire belongs to; {@code project} is the master data of its project, if known. */
    public Group groupOf(Hire hire, @Nullable Registration project) {
        return new Group(this, idOfHire.apply(hire, project));
    }

    /** The group of this level that the project itself belongs to. */
    public Group groupOf(Registration project) {
        return new Group(this, idOfProject.apply(project));
    }

    private static BiFunction<Hire, @Nullable Registration, String> byProject(Function<Registration, String> id) {
        return (hire, project) -> project == null ? UNASSIGNED : id.apply(project);
    }

    private static String city(Registration project) {
        String code = project.districtCode();
        int first = code.indexOf('.');
        int second = first < 0 ? -1 : code.indexOf('.', first + 1);
        return second < 0 ? code : code.substring(0, second);
    }

    private static String funding(Registration project) {
        return city(project) + ":" + project.funding();
    }
}
