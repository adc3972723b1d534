package id.cakupan.coverage;

/** A fact about one project. */
public sealed interface ProjectFact extends Fact {
    /** The project. */
    String projectId();

    /**
     * Master data.
     *
     * @param districtCode Kemendagri code
     * @param contractorId main contractor
     * @param contractValue whole rupiah, 0 when not known
     * @param startsOn first day, else the day of the contract, else {@link Days#NONE}
     * @param endsOn last day or {@link Days#OPEN}
     */
    record Registration(
            String projectId,
            String name,
            String districtCode,
            String contractorId,
            String contractorName,
            Funding funding,
            long contractValue,
            int startsOn,
            int endsOn,
            Stamp stamp)
            implements ProjectFact {}

    /**
     * State of the project's own insurance.
     *
     * @param effectiveFrom first insured day or {@link Days#NONE} when missing
     * @param effectiveTo last insured day or {@link Days#OPEN}
     */
    record Insurance(String projectId, InsuranceStatus status, int effectiveFrom, int effectiveTo, Stamp stamp)
            implements ProjectFact {}
}
