/// A building of the estate: staircases of floors of rooms.
struct Building {
    let number: Int
    let staircases: Int
    let floors: Int
    /// The area of each room of a floor, in hundredths of a square metre.
    let rooms: [Int]

    static let all = [
        Building(number: 1, staircases: 2, floors: 18, rooms: [8950, 7620, 7620, 11840]),
        Building(number: 2, staircases: 3, floors: 12, rooms: [9630, 8210, 8210, 9630]),
        Building(number: 3, staircases: 3, floors: 17, rooms: [10260, 6890, 12570]),
        Building(number: 4, staircases: 2, floors: 18, rooms: [8845, 5930, 5930, 8845]),
        Building(number: 5, staircases: 2, floors: 24, rooms: [13480, 9725, 14210]),
        Building(number: 6, staircases: 3, floors: 14, rooms: [7755, 6340, 6340, 9180]),
    ]
}
