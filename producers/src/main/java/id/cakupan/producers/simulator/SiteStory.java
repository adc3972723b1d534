package id.cakupan.producers.simulator;

import cakupan.records.InsuranceStatus;
import cakupan.records.ProjectInsured;
import cakupan.records.ProjectRegistered;
import java.time.LocalDate;
import java.util.Locale;
import org.apache.avro.specific.SpecificRecord;

/** What is recorded about one site: its master data, its corrections, its insurance. Used for many sites in turn. */
final class SiteStory extends Story {
    private static final int PURPOSE = 6;

    private static final int REGISTERED = 0;
    private static final int AS_FIRST_SAID = 1;
    private static final int ADDENDUM = 2;
    private static final int ASSESSED = 3;
    private static final int PAID = 4;
    private static final int CANCELLED = 5;

    private static final String[] SCHOOL_WORKS = {
        "Rehabilitasi Gedung SDN", "Pembangunan Ruang Kelas SMPN", "Pengecatan Pagar SDN"
    };
    private static final String[] STREET_WORKS = {
        "Pemeliharaan Drainase",
        "Pembangunan Trotoar",
        "Peningkatan Jalan",
        "Pemasangan Paving Gang",
        "Rehabilitasi Plengsengan"
    };
    private static final String[] PRIVATE_WORKS = {
        "Pembangunan Ruko",
        "Perumahan Griya",
        "Pembangunan Rumah Kos",
        "Pembangunan Gudang",
        "Renovasi Toko",
        "Pembangunan Hotel"
    };

    private final Dice dice = new Dice();
    private Site site = new Site();

    SiteStory(World world) {
        super(world);
    }

    /** Says when which event of a site is recorded. */
    void tell(Site site) {
        this.site = site;
        clear();
        dice.start(world().seed(), PURPOSE, site.index);
        int recorded = site.recordedAfter > 0 ? site.start + site.recordedAfter : site.contractDate() + 1;
        if (site.firstDistrict != site.district || site.firstContractor != site.contractor) {
            add(AS_FIRST_SAID, 0, recorded, dice);
            recorded += dice.between(20, 70);
        }
        add(REGISTERED, 0, recorded, dice);
        if (dice.chance(0.07)) {
            add(ADDENDUM, 0, Math.max(recorded, site.start) + dice.between(20, 60), dice);
        }
        tellInsurance();
    }

    private void tellInsurance() {
        int paid = site.termFrom();
        if (site.conduct == Conduct.UNPAID) {
            add(ASSESSED, 0, site.start + dice.between(0, 30), dice);
        } else if (paid != Site.NEVER) {
            add(ASSESSED, 0, paid - dice.between(2, 12), dice);
            add(PAID, 0, paid + dice.between(0, 3), dice);
        }
        if (site.conduct == Conduct.CANCELLED) {
            add(CANCELLED, 0, paid + dice.between(5, 40), dice);
        }
    }

    @Override
    SpecificRecord record(int moment) {
        return switch (kind(moment)) {
            case REGISTERED -> registered(moment, site.district, site.contractor, site.value);
            case AS_FIRST_SAID -> registered(moment, site.firstDistrict, site.firstContractor, site.value);
            case ADDENDUM ->
                registered(moment, site.district, site.contractor, site.value + site.value / 10 / 1000 * 1000);
            case ASSESSED -> insured(moment, InsuranceStatus.REGISTERED);
            case PAID -> insured(moment, InsuranceStatus.PAID);
            case CANCELLED -> insured(moment, InsuranceStatus.CANCELLED);
            default -> throw new IllegalStateException("No such moment");
        };
    }

    private ProjectRegistered registered(int moment, int district, int contractor, long value) {
        ProjectRegistered event = new ProjectRegistered();
        event.setEventId(eventId(moment, "p", site.index));
        event.setSource(world().projectId(site).startsWith("spse") ? "simulasi-spse" : "simulasi-simbg");
        event.setRecordedAt(recordedAt(moment));
        event.setProjectId(world().projectId(site));
        event.setName(name());
        event.setDistrictCode(Districts.ALL.get(district).code());
        event.setContractorId(world().contractors().id(contractor));
        event.setContractorName(world().contractors().name(contractor));
        event.setOwnerName(owner());
        event.setFunding(site.funding);
        LocalDate signed = LocalDate.ofEpochDay(site.contractDate());
        event.setContractNumber(String.format(
                Locale.ROOT, "600.1/%03d/SIM/%02d/%d", site.index % 1000, signed.getMonthValue(), signed.getYear()));
        event.setContractDate(signed);
        event.setContractValue(value);
        event.setStartsOn(LocalDate.ofEpochDay(site.start));
        event.setEndsOn(LocalDate.ofEpochDay(site.end));
        event.setMaintenanceEndsOn(LocalDate.ofEpochDay(site.maintenanceEnd()));
        event.setDeclaredWorkers(Math.max(2, Math.round(site.value / 30_000_000.0)));
        return event;
    }

    private String name() {
        String place = Districts.ALL.get(site.district).kelurahan().get(site.kelurahan);
        int number = 1 + site.index / 7 % 9;
        return switch (site.funding) {
            case APBD ->
                site.index % 3 == 0
                        ? SCHOOL_WORKS[site.index / 3 % SCHOOL_WORKS.length] + " " + place + " " + number
                        : STREET_WORKS[site.index / 3 % STREET_WORKS.length] + " " + place + " Paket " + number;
            case APBN -> "Pembangunan Gedung Kuliah " + place + " Tahap " + number;
            case PRIVATE, OTHER ->
                PRIVATE_WORKS[site.index / 3 % PRIVATE_WORKS.length] + " " + place + " Blok " + (char) ('A' + number);
        };
    }

    private String owner() {
        return switch (site.funding) {
            case APBD -> site.index % 3 == 0 ? "Dinas Pendidikan (simulasi)" : "Dinas Pekerjaan Umum (simulasi)";
            case APBN -> "Satuan Kerja Kementerian (simulasi)";
            case PRIVATE -> "Pemilik swasta (simulasi)";
            case OTHER -> "Yayasan (simulasi)";
        };
    }

    private ProjectInsured insured(int moment, InsuranceStatus status) {
        ProjectInsured event = new ProjectInsured();
        event.setEventId(eventId(moment, "p", site.index));
        event.setSource("simulasi-ejakon");
        event.setRecordedAt(recordedAt(moment));
        event.setProjectId(world().projectId(site));
        event.setStatus(status);
        if (status != InsuranceStatus.REGISTERED) {
            event.setEffectiveFrom(LocalDate.ofEpochDay(site.termFrom()));
            event.setEffectiveTo(LocalDate.ofEpochDay(Math.max(site.termFrom(), site.insuredTo())));
        }
        event.setParticipantNumber(Long.toString(2_500_000_000_000L + site.index));
        return event;
    }
}
