/// What a data folder that has a hub keeps of it, as paths from the data folder.
public enum HubFolder {
    public static let name = "hub"
    /// Which hub it is.
    public static let setting = "hub/SETTING"
    /// How far both are in step; see ``HubStatus``.
    public static let status = "hub/STATUS"
    /// Held by the process that keeps them in step.
    public static let lock = "hub/LOCK"
    /// See ``CarriedKeys``.
    static let ended = "hub/ended"
}
