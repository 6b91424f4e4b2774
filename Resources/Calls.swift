import Foundation

extension Handbook {
    /// Answering and calling out (接听、拨打电话), section 1, as a script to go along.
    public struct Calls: Decodable, Equatable, Sendable {
        /// Within how many rings a call is answered (1.1), and how long one ring lasts (policy).
        public struct Rings: Decodable, Equatable, Sendable {
            private struct Policy: Decodable, Equatable {
                let secondsPerRing: Int
            }

            public let clause: String
            public let limit: Int
            private let policy: Policy

            public var secondsPerRing: Int { policy.secondsPerRing }
        }

        public struct Step: Decodable, Equatable, Sendable, Identifiable {
            public enum Occasion: String, Decodable, Sendable {
                /// In every call, in the script's order.
                case always
                /// Only when the call needs it.
                case asNeeded
                /// All along, from the first word to the last.
                case throughout
            }

            public let id: String
            public let clause: String
            public let title: String
            public let hint: String
            public let when: Occasion
            private let words: String?
            private let phrases: [PhraseClass]?

            /// The classes whose phrases serve at this step, beside its prescribed words or in their place.
            public var phraseClasses: [PhraseClass] { phrases ?? [] }

            /// The prescribed words, with the estate's name in its place, or nil where none are.
            public func words(estate: String) -> String? {
                words?.replacingOccurrences(of: "{estate}", with: estate)
            }
        }

        public let clause: String
        public let rings: Rings
        public let incoming: [Step]
        public let outgoing: [Step]

        /// A step of the incoming script, or of the outgoing one.
        public func step(_ id: String, isOutgoing: Bool = false) -> Step? {
            (isOutgoing ? outgoing : incoming).first { $0.id == id } ?? incoming.first { $0.id == id }
        }
    }
}

extension Handbook {
    public var calls: Calls { self[Calls.self] }
}

extension Handbook.Calls: Chapter {
    public static let file = "calls.json"
    public static var shipped: [UInt8] { PackageResources.calls_json }

    public func check() throws(HandbookError.Reason) {
        try require(rings.secondsPerRing > 0, "rings.policy.secondsPerRing", "应大于零", "has to be above zero")
    }
}
