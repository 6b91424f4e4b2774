import Handbook

/// Second-stage renovation (二次装修, 5.3): so far its chapter of the handbook only.
enum Renovation: Feature {
    static let chapters: [any Chapter.Type] = [Handbook.Renovation.self]
}
