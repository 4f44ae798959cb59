// Gate on PSG on WO3, in nm, y up, by rectangles; small, to be damaged.
SetFactory("Built-in");
For i In {0:3}
  y = {0, 10, 20, 30};
  Point(10 + i) = {0, y[i], 0}; Point(20 + i) = {30, y[i], 0}; Line(30 + i) = {10 + i, 20 + i};
EndFor
For i In {0:2}
  Line(40 + i) = {10 + i, 11 + i}; Line(50 + i) = {20 + i, 21 + i};
  Curve Loop(i + 1) = {30 + i, 50 + i, -(31 + i), -(40 + i)}; Plane Surface(i + 1) = {i + 1};
EndFor
Transfinite Curve {30:33} = 3;
Transfinite Curve {40:42, 50:52} = 5;
Transfinite Surface {1, 2, 3};
Physical Surface("channel") = {1}; Physical Surface("psg") = {2}; Physical Surface("gate") = {3};
Physical Curve("source") = {40}; Physical Curve("drain") = {50};
