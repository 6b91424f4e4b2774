import Foundation
import Handbook
import Journal

/// What makes a phrase fit: the hour, the day, and where in a call somebody is.
public struct PhraseOccasion: Sendable {
    public let moment: Moment
    public let zone: Zone
    /// The step of the script, if there is a call.
    public let step: Handbook.Calls.Step?
    /// Whether somebody is upset: apologies and explanations come first.
    public let isComplaint: Bool

    public init(
        _ moment: Moment, in zone: Zone, step: Handbook.Calls.Step? = nil, isComplaint: Bool = false
    ) {
        (self.moment, self.zone, self.step, self.isComplaint) = (moment, zone, step, isComplaint)
    }
}

/// A phrase, and why it fits.
public struct FittingPhrase: Hashable, Sendable {
    public let text: String
    public let `class`: String
    /// `nil` for one that is as good as any other.
    public let why: Label?
}

extension Handbook {
    /// All phrases, those that fit first: by the step of the call, then the festival, then the hour; each once a class.
    public func phrases(for occasion: PhraseOccasion) -> [FittingPhrase] {
        let civil = Civil(occasion.moment, in: occasion.zone)
        let day = Day(occasion.moment, in: occasion.zone)
        var reasons: [(why: Label, holds: (String, Phrases.Group) -> Bool)] = []
        if occasion.isComplaint {
            reasons.append((Label("投诉", en: "complaint"), { _, group in [.apology, .explanation].contains(group.id) }))
        }
        if let step = occasion.step {
            let why = Label(step.title, en: step.id)
            for id in step.phraseClasses where id != .greeting { reasons.append((why, { _, group in group.id == id })) }
        }
        for festival in phrases.festivals where festival.includes(day) {
            let why = Label(festival.name, en: "festival")
            reasons.append((why, { text, group in group.id == .blessing && festival.phrases.contains(text) }))
        }
        for hours in phrases.hours where hours.from <= civil.hour && civil.hour < hours.to {
            for phrase in hours.phrases {
                reasons.append((Label("此时", en: "now"), { text, group in group.id != .basic && text == phrase }))
            }
        }
        var fitting: [FittingPhrase] = []
        var seen: Set<String> = []
        for reason in reasons {
            for group in phrases.classes {
                for text in group.all where reason.holds(text, group) && seen.insert(text).inserted {
                    fitting.append(FittingPhrase(text: text, class: group.name, why: reason.why))
                }
            }
        }
        let others = phrases.classes.flatMap { group in
            group.all.filter { text in !fitting.contains { $0.text == text && $0.class == group.name } }
                .map { FittingPhrase(text: $0, class: group.name, why: nil) }
        }
        return fitting + others
    }
}

extension Handbook.Phrases.Festival {
    /// Whether a day belongs to the festival.
    public func includes(_ day: Day) -> Bool {
        (0..<days).contains { isFirst(day.adding(-$0)) } || hasEve && isFirst(day.adding(1))
    }

    private func isFirst(_ first: Day) -> Bool {
        switch calendar {
        case .solar: (first.civil.month, first.civil.day) == (month, self.day)
        case .lunar: LunarDay(first).map { !$0.isLeap && ($0.month, $0.day) == (month, self.day) } ?? false
        }
    }
}

/// A date of the Chinese lunar calendar (农历).
struct LunarDay: Hashable {
    let month: Int
    let day: Int
    /// In a leap month (闰月), which repeats the number of the one before.
    let isLeap: Bool

    private static let calendar: Calendar = {
        var calendar = Calendar(identifier: .chinese)
        // 农历 is reckoned by the time of Beijing, wherever the estate lies.
        if let zone = TimeZone(secondsFromGMT: 8 * 3600) { calendar.timeZone = zone }
        return calendar
    }()

    init?(_ day: Day) {
        // Noon in Beijing of the civil day.
        let noon = Date(timeIntervalSince1970: Double(day.number) * 86_400 + 4 * 3600)
        let parts = LunarDay.calendar.dateComponents([.month, .day, .isLeapMonth], from: noon)
        guard let month = parts.month, let number = parts.day else { return nil }
        (self.month, self.day, isLeap) = (month, number, parts.isLeapMonth ?? false)
    }
}
