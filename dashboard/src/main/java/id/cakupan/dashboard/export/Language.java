package id.cakupan.dashboard.export;

/** Language of headings and symbols. */
public enum Language {
    ID,
    EN
}
