package id.cakupan.dashboard.disclosure;

/**
 * Where a project belongs.
 *
 * @param city id of its city
 * @param district code of its district
 * @param funding id of its funding group, such as 35.73:APBD
 * @param contractor id of its main contractor
 */
public record Site(String city, String district, String funding, String contractor) {}
