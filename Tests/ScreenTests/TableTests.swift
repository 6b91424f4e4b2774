import Screen
import Testing

@Suite("Tables")
struct TableTests {
    let columns: [Column] = [
        .fixed("房号", 8, priority: 3), Column("姓名", min: 4, ideal: 6, priority: 2),
        .fixed("金额", 8, alignment: .right, priority: 1), .filling("备注", min: 4, priority: 0),
    ]
    let rows = [
        Table.Row(["3-2-501", "李建国", "1,240.00", "承诺 11-25"]), Table.Row(["1-2-1102", "欧阳修文", "860.00", "未接通"]),
        Table.Row(["4-1-203", "赵敏", "430.00", ""]),
    ]

    @Test("Columns are aligned, cut with an ellipsis, and the selected row is marked")
    func picture() {
        let table = Table(
            columns: columns, rows: rows, position: ListPosition(selection: 1), isFocused: true, showsHeader: true)
        #expect(
            ScreenTests.picture(table, 44, 4) == [
                " 房号      姓名        金额  备注           ",
                " 3-2-501   李建国  1,240.00  承诺 11-25     ",
                "▌1-2-1102  欧阳…     860.00  未接通         ",
                " 4-1-203   赵敏      430.00                 ",
            ])
    }

    @Test("The selected row has its ground across the whole width, by focus")
    func selection() {
        for (isFocused, ground) in [(true, Ground.selected), (false, .selectedUnfocused)] {
            let table = Table(columns: columns, rows: rows, position: ListPosition(selection: 0), isFocused: isFocused)
            let grid = drawn(table, 44, 3)
            #expect((0..<44).allSatisfy { grid[$0, 0].style.ground == ground })
            #expect((0..<44).allSatisfy { grid[$0, 1].style.ground == .plain })
        }
    }

    @Test("The least important columns go first")
    func narrow() {
        let table = Table(columns: columns, rows: [rows[0]])
        #expect(ScreenTests.picture(table, 28, 1) == [" 3-2-501   李建国  1,240.00 "])
        #expect(ScreenTests.picture(table, 18, 1) == [" 3-2-501   李建国 "])
        #expect(ScreenTests.picture(table, 8, 1) == [" 3-2-5… "])
    }

    @Test("A scroll bar shows when there is more than fits")
    func scrollBar() {
        let table = Table(
            columns: [.fixed("", 4)], count: 10, position: ListPosition(selection: 9),
            row: { Table.Row([Line("第\($0)")]) })
        #expect(ScreenTests.picture(table, 8, 4) == [" 第6   │", " 第7   │", " 第8   │", "▌第9   ┃"])
    }

    @Test("Only the rows in sight are asked for")
    func lazy() {
        let table = Table(
            columns: [.fixed("", 6)], count: 1_000_000, position: ListPosition(selection: 500_000),
            row: { index in
                #expect((499_990...500_010).contains(index))
                return Table.Row([Line("\(index)")])
            })
        _ = drawn(table, 10, 5)
    }

    @Test("An empty table says so in the middle")
    func empty() {
        let table = Table(columns: columns, rows: [], emptyMessage: "没有欠费")
        #expect(ScreenTests.picture(table, 16, 3) == ["                ", "    没有欠费    ", "                "])
    }

    @Test("A click finds its row")
    func hit() {
        let table = Table(columns: columns, rows: rows, showsHeader: true)
        let rect = Rect(x: 2, y: 1, width: 30, height: 10)
        #expect(table.index(at: Point(x: 5, y: 2), in: rect) == 0)
        #expect(table.index(at: Point(x: 5, y: 1), in: rect) == nil)
        #expect(table.index(at: Point(x: 5, y: 9), in: rect) == nil)
    }

    @Test("The offset moves as little as keeps the selection in sight")
    func offset() {
        func offset(_ selection: Int?, _ count: Int, _ height: Int, _ from: Int) -> Int {
            ListPosition.offset(keeping: selection, in: count, height: height, from: from)
        }
        #expect(offset(3, 20, 5, 0) == 0)
        #expect(offset(5, 20, 5, 0) == 1)
        #expect(offset(2, 20, 5, 7) == 2)
        #expect(offset(nil, 20, 5, 18) == 15)
        #expect(offset(nil, 3, 5, 2) == 0)
        #expect(offset(4, 5, 0, 3) == 0)
    }

    @Test("The selection stops at the ends")
    func move() {
        var position = ListPosition()
        position.move(by: 1, count: 3)
        #expect(position.selection == 0)
        position.move(by: .max, count: 3)
        #expect(position.selection == 2)
        position.fit(count: 1, height: 5)
        #expect(position == ListPosition(selection: 0, offset: 0))
        position.move(by: -1, count: 0)
        #expect(position.selection == nil)
    }

    @Test("Columns: ideals by importance, then the rest by weight, none above its greatest")
    func widths() {
        let columns = [
            Column("", min: 4, ideal: 10, priority: 1), Column("", min: 4, ideal: 10, max: 12, weight: 1, priority: 2),
            Column("", min: 4, ideal: 4, weight: 1),
        ]
        #expect(Column.layout(columns, width: 20, gap: 2).map(\.width) == [4, 8, 4])
        #expect(Column.layout(columns, width: 24, gap: 2).map(\.width) == [6, 10, 4])
        #expect(Column.layout(columns, width: 48, gap: 2).map(\.width) == [10, 12, 22])
        #expect(Column.layout(columns, width: 48, gap: 2).map(\.x) == [0, 12, 26])
    }
}
