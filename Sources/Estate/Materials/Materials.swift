import Handbook

/// The store of materials (材料, section 6): so far its chapter of the handbook only.
enum Materials: Feature {
    static let chapters: [any Chapter.Type] = [Handbook.Materials.self]
}
