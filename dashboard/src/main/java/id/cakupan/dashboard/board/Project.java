package id.cakupan.dashboard.board;

import cakupan.records.ProjectRegistered;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Master data of a project, merged.
 *
 * @param contractValue whole rupiah
 * @param declaredWorkers persons
 */
public record Project(
        String id,
        String name,
        String districtCode,
        String contractorId,
        String contractorName,
        @Nullable String ownerName,
        String funding,
        @Nullable String contractNumber,
        @Nullable Long contractValue,
        @Nullable LocalDate startsOn,
        @Nullable LocalDate endsOn,
        @Nullable LocalDate maintenanceEndsOn,
        @Nullable Long declaredWorkers) {

    private static final int CITY_PARTS = 2;

    static Project of(ProjectRegistered event) {
        return new Project(
                event.getProjectId(),
                event.getName(),
                event.getDistrictCode().intern(),
                event.getContractorId(),
                event.getContractorName(),
                event.getOwnerName(),
                event.getFunding().name(),
                event.getContractNumber(),
                event.getContractValue(),
                event.getStartsOn() == null ? event.getContractDate() : event.getStartsOn(),
                event.getEndsOn(),
                event.getMaintenanceEndsOn(),
                event.getDeclaredWorkers());
    }

    /** Code of its city: the first two parts of the district's. */
    public String city() {
        return cityOf(districtCode);
    }

    /** Id of its group of level FUNDING. */
    public String fundingGroup() {
        return city() + ":" + funding;
    }

    /** The first two parts of a district's code; the code itself when it has fewer. */
    public static String cityOf(String districtCode) {
        int end = -1;
        for (int part = 0; part < CITY_PARTS; part++) {
            end = districtCode.indexOf('.', end + 1);
            if (end < 0) {
                return districtCode;
            }
        }
        return districtCode.substring(0, end);
    }
}
