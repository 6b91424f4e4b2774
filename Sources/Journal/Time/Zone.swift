import Foundation

/// A time zone, with a fast path for zones without future transitions, such as Asia/Shanghai (fixed since 1991).
public struct Zone: Hashable, Sendable {
    public let name: String
    /// Seconds east of UTC; `nil` if they vary, and Foundation is asked for each moment.
    private let fixed: Int?

    public static let shanghai = Zone(name: "Asia/Shanghai", fixed: 8 * 3600)

    public static let utc = Zone(name: "UTC", fixed: 0)

    private init(name: String, fixed: Int?) {
        self.name = name
        self.fixed = fixed
    }

    /// The zone of an IANA name; `nil` if it is unknown.
    public init?(_ name: String) {
        if name == Zone.shanghai.name {
            self = .shanghai
        } else {
            guard let zone = TimeZone(identifier: name) else { return nil }
            let start = Date(timeIntervalSince1970: 0)
            self.init(
                name: name,
                fixed: zone.nextDaylightSavingTimeTransition(after: start) == nil ? zone.secondsFromGMT() : nil)
        }
    }

    /// Seconds east of UTC at a moment.
    public func offset(at moment: Moment) -> Int {
        if let fixed { return fixed }
        let date = Date(timeIntervalSince1970: Double(moment.milliseconds) / 1000)
        return TimeZone(identifier: name)?.secondsFromGMT(for: date) ?? 0
    }
}
