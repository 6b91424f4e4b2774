import Foundation

extension Handbook {
    /// The scripts for answering and making calls (接听、拨打电话), section 1.
    public struct Calls: Decodable, Equatable, Sendable {
        /// The number of rings within which a call is answered (1.1) and the seconds per ring (policy).
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
                /// In every call, in the order of the script.
                case always
                /// If the call requires it.
                case asNeeded
                /// During the whole call.
                case throughout
            }

            /// The step in English, for those who do not read Chinese; what is said stays Chinese.
            public struct English: Decodable, Equatable, Sendable {
                public let title: String
                public let hint: String
                fileprivate let words: String?
            }

            public let id: String
            public let clause: String
            public let english: English
            public let title: String
            public let hint: String
            public let when: Occasion
            private let words: String?
            private let phrases: [PhraseClass]?

            /// Classes of phrases offered at this step, in addition to the prescribed words or instead of them.
            public var phraseClasses: [PhraseClass] { phrases ?? [] }

            /// The prescribed words with the estate's name inserted; nil if none are prescribed.
            public func words(estate: String) -> String? {
                words?.replacingOccurrences(of: "{estate}", with: estate)
            }

            /// What the prescribed words mean, in English; nil if none are prescribed.
            public func gloss(estate: String) -> String? {
                english.words?.replacingOccurrences(of: "{estate}", with: estate)
            }
        }

        private struct Policy: Decodable, Equatable {
            let areaCode: String
        }

        public let clause: String
        public let rings: Rings
        private let policy: Policy
        public let incoming: [Step]
        public let outgoing: [Step]

        /// The area code of the estate's own telephones, such as `0571` (policy): a number without one is called from there.
        /// nil: the estate has not said.
        public var areaCode: String? { policy.areaCode.isEmpty ? nil : policy.areaCode }

        /// The step with this id; an outgoing call falls back to the incoming script.
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
        let isCode = policy.areaCode.wholeMatch(of: /(?:0[0-9]{2,3})?/) != nil
        try require(isCode, "policy.areaCode", "应为区号，如 0571", "has to be an area code, such as 0571")
    }
}
