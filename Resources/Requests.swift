import Foundation

extension Handbook {
    /// Requests (工单): by when each class is answered, looked at and done, and the words that tell its class. All of it is
    /// policy.
    public struct Requests: Decodable, Equatable, Sendable {
        /// A time limit as it is written: `30m`, `24h`, or `3d` for the end of the third day after, `0d` for the same day's.
        public enum Span: Equatable, Sendable {
            case minutes(Int)
            case days(Int)
        }

        /// The limits of one class, counted from the moment at which a request is taken; nil where there is none.
        public struct Deadlines: Decodable, Equatable, Sendable {
            /// The longest time from the request to its first assignment or note.
            public let respond: Span?
            /// The longest time to the visit on site, or to the reply on what will be done.
            public let arrive: Span?
            public let finish: Span?
        }

        /// The class that the words of a demand tell, and the word that told it.
        public struct Guess: Equatable, Sendable {
            public let requestClass: RequestClass
            public let isUrgent: Bool
            public let word: String
        }

        private struct Policy: Decodable, Equatable {
            let deadlines: [String: Deadlines]
            let words: [String: [String]]
        }

        public let clause: String
        private let policy: Policy

        /// The key of urgent repairs, which have limits and words of their own.
        private static let urgent = "urgent"

        public func deadlines(of requestClass: RequestClass, isUrgent: Bool) -> Deadlines {
            policy.deadlines[isUrgent ? Self.urgent : requestClass.rawValue]
                ?? Deadlines(respond: nil, arrive: nil, finish: nil)
        }

        /// The class that a text tells by its longest known word; of two as long, an urgent one, then the one that stands
        /// first in the text. nil: no word is known.
        public func guess(_ text: String) -> Guess? {
            var best: (length: Int, isUrgent: Bool, place: Int, guess: Guess)?
            for (key, words) in policy.words.sorted(by: { $0.key < $1.key }) {
                let isUrgent = key == Self.urgent
                guard let requestClass = isUrgent ? .minorRepair : RequestClass(rawValue: key) else { continue }
                for word in words {
                    guard let range = text.range(of: word) else { continue }
                    let place = text.distance(from: text.startIndex, to: range.lowerBound)
                    if let best,
                        (-best.length, best.isUrgent ? 0 : 1, best.place) <= (-word.count, isUrgent ? 0 : 1, place)
                    {
                        continue
                    }
                    let guess = Guess(requestClass: requestClass, isUrgent: isUrgent, word: word)
                    best = (word.count, isUrgent, place, guess)
                }
            }
            return best?.guess
        }
    }
}

extension Handbook.Requests.Span: Decodable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        let number = Int(text.dropLast()).flatMap { 0...1_000_000 ~= $0 ? $0 : nil }
        switch (number, text.last) {
        case (let number?, "m"): self = .minutes(number)
        case (let number?, "h"): self = .minutes(number * 60)
        case (let number?, "d"): self = .days(number)
        default:
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "“\(text)” is no time limit such as 30m, 24h or 3d")
        }
    }
}

extension Handbook {
    public var requests: Requests { self[Requests.self] }
}

extension Handbook.Requests: Chapter {
    public static let file = "requests.json"
    public static var shipped: [UInt8] { PackageResources.requests_json }

    public func check() throws(HandbookError.Reason) {
        let known = Set(Handbook.RequestClass.allCases.map(\.rawValue) + [Self.urgent])
        for key in policy.words.keys.sorted() {
            try require(known.contains(key), "policy.words.\(key)", "不是工单类别", "is no class of requests")
            try require(
                policy.words[key]?.contains("") == false, "policy.words.\(key)", "词不能为空", "has an empty word")
        }
        for key in policy.deadlines.keys.sorted() {
            try require(known.contains(key), "policy.deadlines.\(key)", "不是工单类别", "is no class of requests")
        }
    }
}
