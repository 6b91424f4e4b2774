extension Handbook.Renovation {
    /// When works are allowed, for noisy and quiet work (policy).
    public struct WorkHours: Decodable, Equatable, Sendable {
        public let noisy: Hours
        public let quiet: Hours
    }

    /// The hours by the kind of day.
    public struct Hours: Decodable, Equatable, Sendable {
        /// On working days, make-up workdays (调休) included.
        public let working: [HourSpan]
        /// On weekends and holidays.
        public let off: [HourSpan]
    }

    /// A part of a day, written `08:00-12:00`; its end is not included.
    public struct HourSpan: Decodable, Equatable, Sendable {
        /// In minutes of the day.
        public let from: Int
        public let to: Int

        public init(from decoder: any Decoder) throws {
            let text = try decoder.singleValueContainer().decode(String.self)
            let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { HourSpan.minutes(String($0)) }
            guard ends.count == 2, let from = ends[0], let to = ends[1], from < to else {
                throw HandbookError.Reason.invalid(
                    "policy.hours", chinese: "“\(text)”不是时段，例：08:00-12:00",
                    english: "“\(text)” is no span of hours, e.g. 08:00-12:00")
            }
            (self.from, self.to) = (from, to)
        }

        private static func minutes(_ text: String) -> Int? {
            let parts = text.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 2, parts[1].count == 2, let hour = Int(parts[0]), let minute = Int(parts[1]),
                (0...24).contains(hour), (0...59).contains(minute), hour * 60 + minute <= 1440
            else { return nil }
            return hour * 60 + minute
        }

        /// `8:00–12:00`
        public var text: String { "\(HourSpan.clock(from))–\(HourSpan.clock(to))" }

        private static func clock(_ minutes: Int) -> String {
            let rest = minutes % 60
            return "\(minutes / 60):\(rest < 10 ? "0" : "")\(rest)"
        }

        public func contains(_ minute: Int) -> Bool { from <= minute && minute < to }
    }

    /// Days without noisy work, by notice of the place.
    public struct SilentDays: Decodable, Equatable, Sendable {
        /// As `2026-06-07`.
        public let from: String
        public let to: String
        public let why: String
    }
}
